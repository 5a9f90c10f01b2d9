//! Sorting a handful of runs.

/// Sorts by insertion: for groups as small as these the standard library's sort is no faster, and in the page's module
/// it would take more room than all other statistics.
#[inline(never)]
pub fn sort_by<T: Copy>(values: &mut [T], is_before: impl Fn(T, T) -> bool) {
    for sorted in 1..values.len() {
        let value = values[sorted];
        let mut idx = sorted;
        while idx > 0 && is_before(value, values[idx - 1]) {
            values[idx] = values[idx - 1];
            idx -= 1;
        }
        values[idx] = value;
    }
}
