//! The trainer as its users see it.

use hellonn::data::Augmentation;
use hellonn::nn::{LayerSpec, Loss};
use hellonn::train::{
    Adam, DataShape, EarlyStopping, Evaluator, OptimizerSpec, Plan, Recipe, Schedule, Sgd, Status, Trainer,
};

use crate::common::{bands, recipe, run, trainer};

#[test]
fn a_network_learns_and_the_test_set_confirms_it() {
    let data = bands(300, 1);
    let mut trainer = trainer(Recipe { epochs: 20, ..recipe() }, &data);
    let (epochs, status) = run(&mut trainer, &data);
    assert_eq!(status, Status::Finished);
    assert_eq!(epochs.len(), 20);
    assert!(epochs[19].training_loss < epochs[0].training_loss / 5.0, "{epochs:?}");

    let test = bands(100, 2);
    let indices: Vec<u32> = (0..100).collect();
    let mut evaluator = Evaluator::default();
    let mut answers = Vec::new();
    let mut is_done = false;
    while !is_done {
        is_done = trainer.evaluate_step(&mut evaluator, &test, &indices).done;
        answers.extend(trainer.evaluated_answers());
    }
    assert_eq!(evaluator.tally.n_images, 100);
    let predicted: Vec<u8> = (0..100).map(|image_idx| trainer.predict(test.image(image_idx)).class as u8).collect();
    assert_eq!(answers, predicted);
    let n_right = answers.iter().zip(test.labels()).filter(|(answer, label)| answer == label).count();
    assert_eq!(evaluator.tally.n_correct, n_right);
    assert!(evaluator.tally.accuracy() > 0.98, "{:?}", evaluator.tally);
}

#[test]
fn the_same_recipe_gives_the_same_bits_and_another_seed_others() {
    let data = bands(100, 1);
    let losses = |seed| run(&mut trainer(Recipe { seed: Some(seed), ..recipe() }, &data), &data);
    assert_eq!(losses(7), losses(7));
    assert_ne!(losses(7), losses(8));
}

#[test]
fn predicting_and_evaluating_change_nothing() {
    let data = bands(100, 1);
    let mut quiet = trainer(recipe(), &data);
    let mut asked = trainer(recipe(), &data);
    loop {
        let report = quiet.step(&data);
        assert_eq!(report, asked.step(&data));
        let before = asked.checkpoint();
        asked.predict(data.image(0));
        asked.evaluate_step(&mut Evaluator::default(), &data, &[1, 2, 3]);
        assert_eq!(before, asked.checkpoint());
        if report.status == Status::Finished {
            break;
        }
    }
}

#[test]
fn a_batch_taken_on_in_pieces_learns_what_the_whole_batch_does() {
    let data = bands(120, 1);
    let recipe = Recipe { batch_size: 120, optimizer: OptimizerSpec::SGD, learning_rate: 0.5, ..recipe() };
    let plan = Plan::new(recipe, (&data).into()).expect("the recipe fits");
    let mut whole = Trainer::new(plan.clone(), &data);
    let mut pieces = Trainer::new(Plan { chunk_size: 7, ..plan }, &data);
    let (whole, pieces) = (run(&mut whole, &data).0, run(&mut pieces, &data).0);
    for (whole, pieces) in whole.iter().zip(&pieces) {
        let (whole, pieces) = (whole.training_loss, pieces.training_loss);
        assert!((whole - pieces).abs() < 1e-6 * whole, "{whole} and {pieces}");
    }
}

#[test]
fn descending_while_going_backward_learns_what_separate_updates_do() {
    // With η·λ = 1 a step forgets all weights but for their gradient.
    for (learning_rate, weight_decay) in [(0.02, 0.01), (1.0, 1.0), (1.0, 0.9)] {
        descending_learns_what_separate_updates_do(learning_rate, weight_decay);
    }
}

fn descending_learns_what_separate_updates_do(learning_rate: f64, weight_decay: f64) {
    let data = bands(120, 1);
    let plain = Recipe { batch_size: 1, optimizer: OptimizerSpec::SGD, learning_rate, weight_decay, ..recipe() };
    // A clipping that never clips takes the other way.
    let separate = Recipe { clip_norm: Some(1e9), ..plain.clone() };
    let (mut fused, mut separate) = (trainer(plain, &data), trainer(separate, &data));
    for (fused, separate) in run(&mut fused, &data).0.iter().zip(run(&mut separate, &data).0) {
        let (fused, separate) = (fused.training_loss, separate.training_loss);
        assert!((fused - separate).abs() < 1e-4 * separate, "{fused} and {separate}");
    }
    // What is left in the network is what was trained.
    for image_idx in 0..10 {
        let (fused, separate) = (fused.predict(data.image(image_idx)), separate.predict(data.image(image_idx)));
        for (fused, separate) in fused.scores.iter().zip(&separate.scores) {
            assert!((fused - separate).abs() < 1e-4, "{fused} and {separate}");
        }
    }
}

#[test]
fn a_step_is_bounded_and_reports_where_it_stands() {
    let data = bands(200, 1);
    let mut trainer = trainer(Recipe { batch_size: 1, epochs: 1, ..recipe() }, &data);
    let report = trainer.step(&data);
    assert_eq!((report.epoch, report.images_done, report.updates), (1, 64, 64));
    assert_eq!(report.batch.expect("64 batches were done").n_batches, 64);
    assert_eq!(report.status, Status::Training);
}

#[test]
fn validation_images_are_not_trained_on() {
    let data = bands(60, 1);
    let mut trainer = trainer(Recipe { validation_images: 15, epochs: 1, ..recipe() }, &data);
    assert_eq!((trainer.plan().n_training, trainer.plan().n_validation), (45, 15));
    let mut last = trainer.step(&data);
    while last.epoch_end.is_none() {
        assert!(last.images_done <= 45);
        last = trainer.step(&data);
    }
    let epoch = last.epoch_end.expect("the epoch has ended");
    assert!(epoch.validation_loss.is_some() && epoch.validation_accuracy.is_some());
}

#[test]
fn early_stopping_goes_back_to_the_best_epoch() {
    let data = bands(60, 1);
    // Steps far too long: the validation loss jumps about.
    let recipe = Recipe {
        learning_rate: 0.3,
        epochs: 50,
        validation_images: 20,
        early_stopping: Some(EarlyStopping { patience: 3 }),
        ..recipe()
    };
    let mut trainer = trainer(recipe, &data);
    let (epochs, status) = run(&mut trainer, &data);
    assert_eq!(status, Status::Finished);
    let losses: Vec<f64> =
        epochs.iter().map(|epoch| epoch.validation_loss.expect("there is a validation part")).collect();
    let best = (0..losses.len()).min_by(|&a, &b| losses[a].total_cmp(&losses[b])).expect("there were epochs");
    assert_eq!(trainer.step(&data).best_epoch, Some(best + 1));
    assert!(epochs.len() == 50 || epochs.len() == best + 1 + 3, "{losses:?}");

    let (_, validation) = hellonn::data::split(60, 20, 7);
    let mut evaluator = Evaluator::default();
    while !trainer.evaluate_step(&mut evaluator, &data, &validation).done {}
    assert_eq!(evaluator.tally.loss(), losses[best]);
}

#[test]
fn a_learning_rate_far_too_large_ends_as_diverged() {
    let data = bands(60, 1);
    let recipe = Recipe { learning_rate: 1000.0, optimizer: OptimizerSpec::SGD, epochs: 50, ..recipe() };
    let mut trainer = trainer(Recipe { loss: Loss::Mse {}, ..recipe }, &data);
    let (_, status) = run(&mut trainer, &data);
    assert_eq!(status, Status::Diverged);
    let before = trainer.checkpoint();
    assert_eq!(trainer.step(&data).status, Status::Diverged);
    assert_eq!(format!("{before:?}"), format!("{:?}", trainer.checkpoint()), "a run that is over stays as it is");
}

#[test]
fn the_learning_rate_can_change_while_training() {
    let data = bands(60, 1);
    let mut changed = trainer(recipe(), &data);
    changed.step(&data);
    changed.set_learning_rate(0.05).expect("0.05 is in range");
    assert_eq!(changed.step(&data).learning_rate, 0.05);
    assert_ne!(run(&mut changed, &data), run(&mut trainer(recipe(), &data), &data));
    let error = changed.set_learning_rate(f64::NAN).expect_err("NaN is no learning rate");
    assert_eq!(error.to_string(), "learningRate: expected 1e-30 to 1,000, found NaN");
    assert_eq!(changed.learning_rate(), 0.05);
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn a_recipe_out_of_range_is_refused_with_the_path_of_the_field() {
    let error = |recipe: Recipe| {
        Plan::new(recipe, (&bands(60, 1)).into()).map(|_| ()).expect_err("the recipe is out of range").to_string()
    };
    let dense = |units| LayerSpec::Dense { units, bias: true };
    let cases = [
        (Recipe { layers: vec![], ..recipe() }, "layers: expected at least one layer, found none"),
        (
            Recipe { layers: vec![dense(8), dense(0)], ..recipe() },
            "layers[1].units: expected a whole number from 1 to 65,536, found 0",
        ),
        (
            Recipe { layers: vec![dense(8), dense(4)], ..recipe() },
            "layers[1]: expected 3 outputs, one for each class of the data, found 4",
        ),
        (
            Recipe { layers: vec![LayerSpec::LeakyRelu { slope: 1.5 }, dense(3)], ..recipe() },
            "layers[0].slope: expected at least 0 and below 1, found 1.5",
        ),
        (
            Recipe { layers: vec![dense(65_536), dense(65_536), dense(3)], ..recipe() },
            "layers: expected at most 16,777,216 parameters, found 4,297,654,275",
        ),
        (
            Recipe { batch_size: 0, ..recipe() },
            "batchSize: expected a whole number from 1 to 60, the number of training images, found 0",
        ),
        (
            Recipe { batch_size: 2, validation_images: 59, ..recipe() },
            "batchSize: expected 1, the number of training images, found 2",
        ),
        (Recipe { epochs: 0, ..recipe() }, "epochs: expected a whole number from 1 to 100,000, found 0"),
        (Recipe { learning_rate: 0.0, ..recipe() }, "learningRate: expected 1e-30 to 1,000, found 0"),
        (Recipe { learning_rate: 1e-320, ..recipe() }, "learningRate: expected 1e-30 to 1,000, found 1e-320"),
        (Recipe { learning_rate: 1e308, ..recipe() }, "learningRate: expected 1e-30 to 1,000, found 1e308"),
        (Recipe { weight_decay: -1.0, ..recipe() }, "weightDecay: expected 0 to 1, found -1"),
        (Recipe { l1: f64::INFINITY, ..recipe() }, "l1: expected 0 to 1, found infinity"),
        (Recipe { clip_norm: Some(0.0), ..recipe() }, "clipNorm: expected 1e-30 to 1e30, found 0"),
        (
            Recipe { validation_images: 60, ..recipe() },
            "validationImages: expected a whole number from 0 to 59, so that an image is left to train on, found 60",
        ),
        (
            Recipe { early_stopping: Some(EarlyStopping { patience: 2 }), ..recipe() },
            "earlyStopping: expected validation images to watch, found validationImages 0",
        ),
        (
            Recipe { optimizer: OptimizerSpec::Sgd(Sgd { momentum: 1.0, nesterov: false }), ..recipe() },
            "optimizer.momentum: expected at least 0 and below 1, found 1",
        ),
        (
            Recipe { optimizer: OptimizerSpec::Sgd(Sgd { momentum: 0.0, nesterov: true }), ..recipe() },
            "optimizer.momentum: expected above 0 with Nesterov's look ahead, found 0",
        ),
        (
            Recipe { schedule: Schedule::Step { every: 0, factor: 0.5 }, ..recipe() },
            "schedule.every: expected a whole number from 1 to 100,000, found 0",
        ),
        (
            Recipe { loss: Loss::CrossEntropy { label_smoothing: 1.0 }, ..recipe() },
            "loss.labelSmoothing: expected at least 0 and below 1, found 1",
        ),
        (
            Recipe { augmentation: Augmentation { rotation: 90.0, ..Default::default() }, ..recipe() },
            "augmentation.rotation: expected 0 to 45 degrees, found 90",
        ),
        (
            Recipe { layers: vec![LayerSpec::MaxPool2d { kernel: 7, stride: None }, dense(3)], ..recipe() },
            "layers[0].kernel: MaxPool2d kernel 7 does not fit an input of 6 × 6",
        ),
        (Recipe { seed: None, ..recipe() }, "seed: expected a whole number from 0 to 4,294,967,295, found none"),
    ];
    for (recipe, message) in cases {
        assert_eq!(error(recipe), message);
    }
}

#[test]
fn everything_that_is_wrong_with_a_recipe_is_told_at_once() {
    let augmentation = Augmentation { rotation: 90.0, noise: 2.0, ..Default::default() };
    let wrong = Recipe {
        layers: vec![],
        optimizer: OptimizerSpec::Adam(Adam { beta1: 1.0, epsilon: 1e-320, ..Default::default() }),
        learning_rate: -1.0,
        schedule: Schedule::Step { every: 0, factor: 2.0 },
        batch_size: 0,
        epochs: 0,
        augmentation,
        validation_images: 60,
        early_stopping: Some(EarlyStopping { patience: 0 }),
        ..recipe()
    };
    let faults = Plan::faults(&wrong, (&bands(60, 1)).into());
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(
        fields,
        [
            "layers",
            "learningRate",
            "earlyStopping.patience",
            "schedule.every",
            "schedule.factor",
            "augmentation.rotation",
            "augmentation.noise",
            "optimizer.beta1",
            "optimizer.epsilon",
            "validationImages",
            "batchSize",
            "epochs"
        ]
    );
    assert!(Plan::faults(&recipe(), (&bands(60, 1)).into()).is_empty());
}

#[test]
fn a_recipe_is_read_from_json_and_strangers_are_refused() {
    let json = serde_json::to_value(recipe()).expect("a recipe is plain data");
    assert_eq!(serde_json::from_value::<Recipe>(json.clone()).expect("it reads what it wrote"), recipe());

    let mut with_stranger = json.clone();
    with_stranger["layers"][1]["slope"] = 0.1.into();
    let error = serde_path_to_error::deserialize::<_, Recipe>(&with_stranger).expect_err("ReLU has no slope");
    assert_eq!(error.path().to_string(), "layers[1]");
    assert!(error.to_string().contains("unknown field `slope`"), "{error}");
}

#[test]
fn the_recipe_in_the_documents_can_be_trained() {
    let document = include_str!("../../../docs/recipes.md");
    let json = document.split("```json").nth(1).and_then(|rest| rest.split("```").next()).expect("there is a recipe");
    let recipe: Recipe = serde_json::from_str(json).expect("it reads");
    Plan::new(recipe, DataShape::MNIST).expect("it fits MNIST");
}
