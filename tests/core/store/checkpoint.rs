//! Checkpoints as bytes: what is written is read again, and nothing else is.

use hellonn::data::{Augmentation, Dataset, Elastic};
use hellonn::error::FieldError;
use hellonn::nn::LayerSpec;
use hellonn::store::checkpoint::{read, write};
use hellonn::train::{
    Checkpoint, DataShape, ENGINE_VERSION, EarlyStopping, OptimizerSpec, Recipe, Schedule, Sgd, Status, Trainer, preset,
};
use proptest::prelude::*;
use xxhash_rust::xxh64::xxh64;

use crate::common::{bands, recipe, run, trainer};

fn to_bytes(trainer: &Trainer) -> Vec<u8> {
    let checkpoint = trainer.checkpoint();
    let json = serde_json::to_string(&checkpoint.recipe).expect("a recipe is plain data");
    write(&checkpoint, &json)
}

fn from_bytes(bytes: &[u8]) -> Result<Checkpoint, FieldError> {
    read(bytes, |json| serde_json::from_str(json).map_err(|error| FieldError::new("", error.to_string())))
}

fn resume(bytes: &[u8], data: &Dataset) -> Result<Trainer, FieldError> {
    Trainer::resume(from_bytes(bytes)?, data)
}

/// Layers that draw random numbers and keep statistics.
fn drawing_layers() -> Vec<LayerSpec> {
    let dense = |units| LayerSpec::Dense { units, bias: false };
    vec![dense(8), LayerSpec::BatchNorm {}, LayerSpec::Relu {}, LayerSpec::Dropout { rate: 0.3 }, dense(3)]
}

/// Runs that between them keep every kind of state, and how many images they learn from.
fn runs_with_state() -> Vec<(&'static str, usize, Recipe)> {
    let momentum = OptimizerSpec::Sgd(Sgd { momentum: 0.9, nesterov: true });
    let early_stopping = Some(EarlyStopping { patience: 1 });
    let elastic = Elastic { strength: 1.0, ..Elastic::default() };
    let augmentation = Augmentation { shift: 1.0, elastic, noise: 0.1, ..Augmentation::default() };
    vec![
        ("plain", 150, recipe()),
        (
            "fused descent",
            150,
            Recipe { shuffle: false, batch_size: 1, optimizer: OptimizerSpec::SGD, weight_decay: 0.1, ..recipe() },
        ),
        ("momentum", 150, Recipe { optimizer: momentum, ..recipe() }),
        (
            "early stopping",
            150,
            Recipe {
                schedule: Schedule::Cosine {},
                validation_images: 20,
                learning_rate: 0.3,
                epochs: 6,
                early_stopping,
                ..recipe()
            },
        ),
        ("validation in pieces", 700, Recipe { validation_images: 600, batch_size: 100, epochs: 2, ..recipe() }),
        ("drawing layers", 150, Recipe { layers: drawing_layers(), augmentation, ..recipe() }),
        ("a batch in pieces", 2100, Recipe { batch_size: 2000, optimizer: momentum, epochs: 2, ..recipe() }),
    ]
}

#[test]
fn a_run_resumed_from_bytes_at_any_step_gives_the_bits_of_the_undisturbed_one() {
    for (name, n_images, recipe) in runs_with_state() {
        let data = bands(n_images, 1);
        let mut whole = trainer(recipe.clone(), &data);
        let expected = run(&mut whole, &data);
        let end = whole.checkpoint();

        let mut disturbed = trainer(recipe, &data);
        let mut epochs = Vec::new();
        let mut n_within_batch = 0;
        loop {
            let checkpoint = disturbed.checkpoint();
            let bytes = to_bytes(&disturbed);
            assert_eq!(from_bytes(&bytes).expect("it reads"), checkpoint, "{name}");
            n_within_batch += usize::from(!checkpoint.gradients.is_empty());

            let mut resumed = resume(&bytes, &data).expect("it fits");
            assert_eq!(resumed.checkpoint(), checkpoint, "{name}");
            let (rest, status) = run(&mut resumed, &data);
            assert_eq!(([epochs.clone(), rest].concat(), status), expected, "{name}");
            assert_eq!(resumed.checkpoint(), end, "{name}");
            assert_eq!(resumed.checksum(), whole.checksum(), "{name}");

            let report = disturbed.step(&data);
            epochs.extend(report.epoch_end);
            if report.status == Status::Finished {
                break;
            }
        }
        assert_eq!(n_within_batch > 0, name == "a batch in pieces", "{name}");
    }
}

#[test]
fn a_run_that_is_over_stays_over() {
    let data = bands(60, 1);
    let optimizer = OptimizerSpec::SGD;
    for recipe in [recipe(), Recipe { learning_rate: 1000.0, optimizer, batch_size: 1, epochs: 50, ..recipe() }] {
        let mut trainer = trainer(recipe, &data);
        let (_, status) = run(&mut trainer, &data);
        let mut resumed = resume(&to_bytes(&trainer), &data).expect("it fits");
        assert_eq!(resumed.step(&data).status, status);
        assert_eq!(to_bytes(&resumed), to_bytes(&trainer));
    }
}

#[test]
fn the_bytes_stand_where_the_table_says() {
    let data = bands(150, 1);
    let mut trainer = trainer(recipe(), &data);
    while trainer.checkpoint().n_updates < 20 {
        trainer.step(&data);
    }
    let checkpoint = trainer.checkpoint();
    let bytes = to_bytes(&trainer);
    let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    let u64_at = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"));
    assert_eq!(&bytes[..8], b"HelloNN\0");
    assert_eq!([u32_at(8), u32_at(12)], [1, ENGINE_VERSION]);
    assert_eq!([u64_at(16), u64_at(24)], [bytes.len() as u64, checkpoint.fingerprint]);
    assert_eq!(f64::from_bits(u64_at(32)), 0.001);
    assert_eq!((u64_at(40), u32_at(48), u32_at(52)), (22, 2, 0));
    let epoch = checkpoint.progress.epoch_tally;
    assert_eq!(f64::from_bits(u64_at(72)), epoch.loss_sum);
    assert_eq!([u32_at(80), u32_at(84)], [epoch.n_correct as u32, 70]);
    assert_eq!(bytes[104..136], checkpoint.progress.layers_random.state());
    assert_eq!(u32_at(208), 0, "no best epoch");
    let recipe_end = 216 + u32_at(212) as usize;
    let recipe: Recipe = serde_json::from_slice(&bytes[216..recipe_end]).expect("JSON");
    assert_eq!(recipe, checkpoint.recipe);
    assert_eq!([u32_at(recipe_end), u32_at(recipe_end + 4)], [4, 36 * 8]);
    assert_eq!(u32_at(recipe_end + 8), checkpoint.parameters[0][0].to_bits());
    let end = bytes.len() - 8;
    assert_eq!(u64_at(end), xxh64(&bytes[..end], 0));
}

#[test]
fn the_twins_checkpoint_takes_hardly_more_than_its_numbers() {
    let shape = DataShape::MNIST;
    let n_images = shape.n_images;
    // Blank images are learnt from in no time, and as many indices are shuffled.
    let labels = (0..n_images).map(|image_idx| (image_idx % 10) as u8).collect();
    let data = Dataset::new(vec![0; n_images * 784], labels, 28, 28, 10).expect("the images are sound");
    let recipe = preset("PyTorch twin", shape).expect("there is such a preset");
    let mut trainer = trainer(Recipe { seed: Some(1), ..recipe }, &data);
    while trainer.checkpoint().progress.epoch < 3 {
        trainer.step(&data);
    }
    trainer.step(&data);
    let n_parameters = 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10;
    let (of_numbers, found) = (3 * 4 * n_parameters, to_bytes(&trainer).len());
    assert!(found < of_numbers * 105 / 100, "{found} bytes for {of_numbers} of numbers");
}

/// A small run within its second epoch, and its bytes.
fn small() -> (Dataset, Vec<u8>) {
    let data = bands(30, 1);
    let layers = vec![LayerSpec::Dense { units: 3, bias: true }];
    let recipe =
        Recipe { layers, validation_images: 9, early_stopping: Some(EarlyStopping { patience: 2 }), ..recipe() };
    let mut trainer = trainer(recipe, &data);
    while trainer.checkpoint().progress.epoch == 1 {
        trainer.step(&data);
    }
    let bytes = to_bytes(&trainer);
    assert!(resume(&bytes, &data).is_ok());
    (data, bytes)
}

fn refusal(bytes: &[u8]) -> String {
    from_bytes(bytes).expect_err("these are no whole checkpoint").to_string()
}

#[test]
fn a_checkpoint_truncated_anywhere_is_refused() {
    let (_, bytes) = small();
    for n_bytes in 0..bytes.len() {
        let message = refusal(&bytes[..n_bytes]);
        if n_bytes >= 24 {
            assert!(message.contains("found") && message.contains(&n_bytes.to_string()), "{message}");
        }
    }
    let n_bytes = bytes.len();
    assert_eq!(
        refusal(&bytes[..n_bytes - 1]),
        format!("checkpoint: expected {n_bytes} bytes, found {}: it is truncated", n_bytes - 1)
    );
    assert_eq!(refusal(&bytes[..100]), "checkpoint: expected at least 244 bytes, found 100");
}

#[test]
fn a_checkpoint_with_bytes_after_it_is_refused() {
    let (_, bytes) = small();
    let n_bytes = bytes.len();
    assert_eq!(
        refusal(&[&bytes[..], &[0]].concat()),
        format!("checkpoint: expected {n_bytes} bytes, found {}: something follows it", n_bytes + 1)
    );
    refusal(&[&bytes[..], &bytes[..]].concat());
}

#[test]
fn a_checkpoint_with_a_damaged_byte_is_refused() {
    let (_, mut bytes) = small();
    for byte_idx in 0..bytes.len() {
        for flipped in [0x01, 0x80, 0xff] {
            bytes[byte_idx] ^= flipped;
            let message = refusal(&bytes);
            assert!(message.contains("expected") && message.contains("found"), "{message}");
            bytes[byte_idx] ^= flipped;
        }
    }
    let checksum = u64::from_le_bytes(*bytes.last_chunk().expect("there are more"));
    bytes[300] ^= 1;
    let found = xxh64(&bytes[..bytes.len() - 8], 0);
    assert_eq!(
        refusal(&bytes),
        format!("checkpoint.checksum: expected {checksum:016x}, found {found:016x}: it is damaged")
    );
}

/// The same bytes with the length and checksum that they should have.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let (n_bytes, end) = (bytes.len() as u64, bytes.len() - 8);
    bytes[16..24].copy_from_slice(&n_bytes.to_le_bytes());
    let checksum = xxh64(&bytes[..end], 0);
    bytes[end..].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

#[test]
fn what_is_no_checkpoint_of_this_version_is_refused() {
    let (_, bytes) = small();
    let with = |at: usize, values: &[u8]| {
        let mut changed = bytes.clone();
        changed[at..at + values.len()].copy_from_slice(values);
        sealed(changed)
    };
    let gzipped = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    assert_eq!(
        refusal(&gzipped),
        "checkpoint: expected a file that begins with [48, 65, 6c, 6c, 6f, 4e, 4e, 00], found [1f, 8b, 08, 00, 00, 00, 00, 00]"
    );
    assert_eq!(refusal(&with(8, &[2])), "checkpoint.version: expected 1, found 2");
    assert_eq!(
        refusal(&with(12, &[0, 1])),
        format!("checkpoint.engine: expected version {ENGINE_VERSION}, found 256, which computes other bits")
    );
    assert_eq!(refusal(&with(52, &[4])), "checkpoint.phase: expected 0 to 3, found 4");
    assert!(refusal(&with(220, &[0xff])).starts_with("checkpoint.recipe: expected UTF-8, found other bytes"));
    assert!(refusal(&with(216, b"[")).starts_with("checkpoint.recipe: "));
}

#[test]
fn a_count_that_claims_more_than_there_is_is_refused_before_it_is_believed() {
    let (_, bytes) = small();
    let n_recipe = u32::from_le_bytes(*bytes[212..].first_chunk().expect("there are more"));
    let parameters = 216 + n_recipe as usize;
    for (at, field) in [(212, "recipe"), (parameters, "parameters"), (parameters + 4, "parameters")] {
        let mut changed = bytes.clone();
        changed[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
        let message = refusal(&sealed(changed));
        assert!(message.starts_with(&format!("checkpoint.{field}: expected ")), "{message}");
    }
}

proptest! {
    #[test]
    fn bytes_that_nobody_wrote_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        refusal(&bytes);
        refusal(&[&small().1[..24], &bytes[..]].concat());
    }

    /// Whoever can make a checksum can write anything: it is refused, or goes on as some run or other.
    #[test]
    fn forged_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let (data, mut bytes) = small();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(mut trainer) = resume(&sealed(bytes), &data) {
            for _ in 0..20 {
                trainer.step(&data);
            }
        }
    }

    #[test]
    fn forged_headers_do_no_harm(at in 8usize..216, value: u8) {
        let (data, mut bytes) = small();
        bytes[at] = value;
        if let Ok(mut trainer) = resume(&sealed(bytes), &data) {
            for _ in 0..20 {
                trainer.step(&data);
            }
        }
    }
}
