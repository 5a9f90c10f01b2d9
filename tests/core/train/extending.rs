//! A run that goes on for more epochs than it was begun with.

use hellonn::train::{EarlyStopping, Recipe, Schedule, Status, Trainer};

use crate::common::{bands, recipe, run, trainer};

#[test]
fn a_run_that_is_continued_comes_to_what_it_would_have_been_from_the_start() {
    let data = bands(100, 1);
    let of = |epochs| Recipe { epochs, validation_images: 20, ..recipe() };
    let mut whole = trainer(of(5), &data);
    let (all, _) = run(&mut whole, &data);
    let mut begun = trainer(of(2), &data);
    let (first, _) = run(&mut begun, &data);
    let mut resumed = Trainer::resume(begun.checkpoint(), &data).expect("it fits");
    resumed.extend(5).expect("nothing depends on the number of epochs");
    let (rest, status) = run(&mut resumed, &data);
    assert_eq!(status, Status::Finished);
    assert_eq!([first, rest].concat(), all);
    assert_eq!(resumed.checkpoint(), whole.checkpoint());
}

#[test]
fn a_run_that_was_stopped_can_be_given_another_end() {
    let data = bands(100, 1);
    let mut whole = trainer(Recipe { epochs: 4, ..recipe() }, &data);
    run(&mut whole, &data);
    let mut stopped = trainer(Recipe { epochs: 9, ..recipe() }, &data);
    stopped.step(&data);
    let mut resumed = Trainer::resume(stopped.checkpoint(), &data).expect("it fits");
    resumed.extend(4).expect("it has not come so far");
    run(&mut resumed, &data);
    assert_eq!(resumed.checksum(), whole.checksum());
}

#[test]
fn a_run_that_would_come_to_something_else_is_not_continued() {
    let data = bands(100, 1);
    let refusal = |recipe: Recipe, epochs: usize| {
        let mut trainer = trainer(recipe, &data);
        run(&mut trainer, &data);
        let before = trainer.checkpoint();
        let refusal = trainer.extend(epochs).expect_err("it would come to something else").to_string();
        assert_eq!(trainer.checkpoint(), before);
        refusal
    };
    assert_eq!(
        refusal(Recipe { schedule: Schedule::Cosine {}, ..recipe() }, 9),
        "schedule: expected one that is the same for any number of epochs, found one that ends with the run"
    );
    let early_stopping = Some(EarlyStopping { patience: 2 });
    assert_eq!(
        refusal(Recipe { early_stopping, validation_images: 20, ..recipe() }, 9),
        "earlyStopping: expected a run that ended with its last weights, found one that went back to its best epoch"
    );
    let n = recipe().epochs;
    let too_few = refusal(recipe(), n);
    assert!(too_few.starts_with(&format!("epochs: expected a whole number from {} to 100", n + 1)), "{too_few}");
}
