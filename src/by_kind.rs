//! Enums that JSON writes as an object: its `kind`, with the settings of that kind beside it.

/// Makes the enum, and how it is written and read; after `as` comes its name once more, which serde needs as text.
///
/// Serde by itself would keep all of an object until it has met the `kind`, with code of its own for each field of each
/// variant. Natively that is what happens. In the module it would be a tenth of what the page waits for: there
/// `wasm/kinds` looks the `kind` up first, and tells these enums from others by their being named so.
macro_rules! by_kind {
    ($(#[$attribute:meta])* pub enum $name:ident as $text:literal { $($variants:tt)* }) => {
        $(#[$attribute])*
        #[derive(serde::Serialize)]
        #[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        pub enum $name { $($variants)* }

        const _: () = {
            /// Says how the enum is read; no value is ever one.
            #[derive(serde::Deserialize)]
            #[serde(remote = $text, rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
            #[cfg_attr(target_arch = "wasm32", serde(rename = "kind"))]
            #[cfg_attr(not(target_arch = "wasm32"), serde(tag = "kind"))]
            #[allow(dead_code)]
            enum Mirror { $($variants)* }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    Mirror::deserialize(deserializer)
                }
            }
        };
    };
}

pub(crate) use by_kind;
