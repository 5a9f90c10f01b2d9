//! What a run does not go on from.

use hellonn::data::{Dataset, Shuffled};
use hellonn::random::{Stream, stream};
use hellonn::train::{Best, Checkpoint, EarlyStopping, Evaluator, Phase, Recipe, Tally, Trainer};

use crate::common::{N_CLASSES, SIDE, bands, recipe, trainer};

/// A run with early stopping at the start of its second epoch.
fn checkpoint(data: &Dataset) -> Checkpoint {
    let early_stopping = Some(EarlyStopping { patience: 2 });
    let mut trainer = trainer(Recipe { validation_images: 20, early_stopping, batch_size: 30, ..recipe() }, data);
    while trainer.checkpoint().progress.epoch == 1 {
        trainer.step(data);
    }
    trainer.checkpoint()
}

type Change = fn(&mut Checkpoint);

fn refusal(checkpoint: Checkpoint, data: &Dataset) -> String {
    Trainer::resume(checkpoint, data).err().expect("the checkpoint does not fit").to_string()
}

#[test]
fn a_checkpoint_for_other_data_is_refused() {
    let data = bands(100, 1);
    let checkpoint = checkpoint(&data);
    let fingerprint = checkpoint.fingerprint;
    let mut pixels: Vec<u8> = (0..data.len()).flat_map(|image_idx| data.image(image_idx).to_vec()).collect();
    pixels[0] ^= 1;
    let altered = Dataset::new(pixels, data.labels().to_vec(), SIDE, SIDE, N_CLASSES).expect("it is sound");
    for other in [bands(101, 1), bands(100, 2), altered] {
        let found = trainer(recipe(), &other).checkpoint().fingerprint;
        assert_eq!(
            refusal(checkpoint.clone(), &other),
            format!(
                "checkpoint.data: expected the training set with the fingerprint {fingerprint:016x}, found {found:016x}"
            )
        );
    }
}

#[test]
fn sizes_that_do_not_fit_the_recipe_are_refused() {
    let data = bands(100, 1);
    let refusal = |change: Change| {
        let mut changed = checkpoint(&data);
        change(&mut changed);
        refusal(changed, &data)
    };
    let cases: [(Change, &str); 10] = [
        (|it| it.parameters.truncate(3), "parameters: expected at least 323 numbers, found 320"),
        (|it| it.parameters.push(vec![]), "parameters: expected 4 arrays, found 5"),
        (|it| it.parameters[1].push(0.0), "parameters[1]: expected 8 numbers, found 9"),
        (|it| it.moments.truncate(7), "moments: expected 8 arrays, found 7"),
        (|it| it.moments[3].truncate(7), "moments[3]: expected 8 numbers, found 7"),
        (|it| it.gradients = it.parameters.clone(), "gradients: expected 0 arrays, found 4"),
        (|it| it.progress.batch.n_images = 1, "gradients: expected 4 arrays, found 0"),
        (|it| best(it).parameters.clear(), "best.parameters: expected 4 arrays, found 0"),
        (|it| best(it).epoch = 3, "best.epoch: expected a whole number from 1 to 2, found 3"),
        (|it| it.recipe.early_stopping = None, "best: expected none without early stopping, found one"),
    ];
    for (change, message) in cases {
        assert_eq!(refusal(change), format!("checkpoint.{message}"));
    }
}

fn best(checkpoint: &mut Checkpoint) -> &mut Best {
    checkpoint.best.as_mut().expect("the first epoch was validated")
}

#[test]
fn a_position_that_no_run_comes_to_is_refused() {
    let data = bands(100, 1);
    let refusal = |change: Change| {
        let mut changed = checkpoint(&data);
        change(&mut changed);
        refusal(changed, &data)
    };
    let cases: [(Change, &str); 10] = [
        (|it| it.recipe.seed = None, "recipe.seed: expected a whole number from 0 to 4,294,967,295, found none"),
        (|it| it.progress.learning_rate = 0.0, "learningRate: expected 1e-30 to 1,000, found 0"),
        (|it| it.progress.epoch = 0, "epoch: expected a whole number from 1 to 3, found 0"),
        (|it| it.progress.epoch = 4, "epoch: expected a whole number from 1 to 3, found 4"),
        (|it| it.n_updates = 10, "updates: expected at most 9 updates, found 10"),
        (|it| it.progress.epoch_tally.n_images = 81, "epochImages: expected at most 80 images, found 81"),
        (|it| it.progress.batch.n_images = 31, "batchImages: expected at most 30 images, found 31"),
        (|it| it.progress.batch.n_images = 30, "batchImages: expected below 30 images, found 30"),
        (|it| it.progress.phase = validating(20), "validatedImages: expected below 20 images, found 20"),
        (
            |it| it.order = Some(Shuffled { indices: vec![7; 80], random: stream(1, Stream::Order) }),
            "order: expected the 80 training images in a shuffled order, found other ones",
        ),
    ];
    for (change, message) in cases {
        assert_eq!(refusal(change), format!("checkpoint.{message}"));
    }
}

fn validating(n_images: usize) -> Phase {
    Phase::Validating(Evaluator { tally: Tally { n_images, ..Tally::default() } })
}

#[test]
fn an_order_that_would_take_long_to_shuffle_again_has_to_be_kept() {
    let data = bands(100, 1);
    let mut run = trainer(Recipe { epochs: 100_000, ..recipe() }, &data).checkpoint();
    run.progress.epoch = 60_001;
    assert_eq!(
        refusal(run, &data),
        "checkpoint.order: expected at most 6,000,000 indices to be shuffled where no order is kept, found 6,000,100"
    );
}
