//! What the example `grade` says of shared files: true ones, forged ones, and such as are none.

#[path = "../../examples/grade/grading.rs"]
mod grading;
#[path = "../../examples/grade/report.rs"]
mod report;

use std::time::Duration;

use hellonn::data::Datasets;
use hellonn::train::{ENGINE_VERSION, Evaluator};
use serde_json::{Value, json};

use crate::common::{bands, recipe, run, trainer};
use grading::{Grade, grade};

const LONG: Duration = Duration::from_secs(600);

fn data() -> Datasets {
    Datasets { training: bands(120, 1), test: Some(bands(60, 2)) }
}

/// A file whose claims are true, as the page writes it.
fn true_file(data: &Datasets) -> Value {
    let mut recipe = recipe();
    recipe.validation_images = 30;
    let mut trainer = trainer(recipe.clone(), &data.training);
    let (epochs, _) = run(&mut trainer, &data.training);
    let test = data.test.as_ref().unwrap();
    let indices: Vec<u32> = (0..test.len() as u32).collect();
    let mut evaluator = Evaluator::default();
    while !trainer.evaluate_step(&mut evaluator, test, &indices).done {}
    json!({
        "hellonn": 1,
        "basis": "Better answer",
        "fingerprint": format!("{:016x}", data.fingerprint()),
        "engineVersion": ENGINE_VERSION,
        "checksum": format!("{:016x}", trainer.checksum()),
        "validationAccuracy": epochs.last().unwrap().validation_accuracy,
        "test": { "nCorrect": evaluator.tally.n_correct, "nImages": test.len() },
        "recipe": recipe,
    })
}

/// The grade of the true file with one value changed.
fn changed(pointer: &str, value: Value) -> Grade {
    let data = data();
    let mut file = true_file(&data);
    *file.pointer_mut(pointer).expect("there is such a field") = value;
    grade(&file.to_string(), &data, LONG)
}

#[test]
fn a_true_file_is_verified_to_the_last_bit() {
    let data = data();
    let file = true_file(&data);
    let Grade { claimed_checksum, found_checksum, claimed_test, found_test, epochs, reason, n_parameters } =
        grade(&file.to_string(), &data, LONG);
    assert_eq!(reason, None);
    assert_eq!(found_checksum, claimed_checksum);
    assert_eq!(found_test, claimed_test);
    assert_eq!(epochs, Some((3, 3)));
    assert_eq!(n_parameters, Some(36 * 8 + 8 + 8 * 3 + 3));
}

#[test]
fn what_is_forged_is_called_by_its_name() {
    let forged = [
        ("/checksum", json!("0123456789abcdef"), "other weights"),
        ("/checksum", json!(null), "without a checksum"),
        ("/recipe/seed", json!(8), "other weights"),
        ("/recipe/epochs", json!(2), "other weights"),
        ("/validationAccuracy", json!(0.123), "another validation accuracy"),
        ("/test/nCorrect", json!(1), "another test accuracy"),
        ("/fingerprint", json!("0123456789abcdef"), "other data"),
        ("/engineVersion", json!(99), "another version of the arithmetic"),
    ];
    for (pointer, value, reason) in forged {
        let found = changed(pointer, value.clone()).reason.unwrap_or_default();
        assert!(found.contains(reason), "{pointer} = {value}: {found}");
    }
}

#[test]
fn a_recipe_that_diverges_is_said_to() {
    let data = data();
    let mut file = true_file(&data);
    file["recipe"]["optimizer"] = json!({ "kind": "sgd" });
    file["recipe"]["learningRate"] = json!(1000);
    file["recipe"]["weightDecay"] = json!(1);
    assert_eq!(grade(&file.to_string(), &data, LONG).reason.unwrap(), "it diverged");
}

#[test]
fn what_is_no_shared_run_is_refused_in_a_sentence() {
    let hostile = [
        ("/hellonn", json!(2), "expected version 1 of a shared run, found 2"),
        ("/hellonn", json!("1"), "expected a run shared by HelloNN"),
        ("/recipe/seed", json!(null), "recipe.seed: expected a whole number"),
        ("/recipe/seed", json!(-1), "recipe.seed"),
        ("/recipe/layers/0/units", json!(1e9), "recipe.layers"),
        ("/recipe/layers/0/kind", json!("__proto__"), "recipe.layers[0]"),
        ("/recipe/epochs", json!(4_000_000_000_u64), "recipe.epochs"),
        ("/recipe/batchSize", json!(0), "recipe.batchSize"),
        ("/test", json!({ "nCorrect": 1, "nImages": 1, "more": 1 }), "test"),
    ];
    for (pointer, value, reason) in hostile {
        let found = changed(pointer, value.clone());
        assert!(found.reason.as_ref().is_some_and(|found| found.contains(reason)), "{pointer} = {value}: {found:?}");
        assert_eq!(found.found_checksum, None, "{pointer} = {value} was trained");
    }
    let data = data();
    let text = true_file(&data).to_string();
    for text in ["", "{", "[]", "null", &text[..text.len() / 2], &"[".repeat(60_000), &" ".repeat(70_000)] {
        assert!(grade(text, &data, LONG).reason.is_some());
    }
}

#[test]
fn nobody_keeps_the_machine_for_ever() {
    let data = data();
    let mut file = true_file(&data);
    file["recipe"]["epochs"] = json!(100_000);
    let grade = grade(&file.to_string(), &data, Duration::ZERO);
    assert!(grade.reason.unwrap().contains("--minutes"));
}

#[test]
fn csv_quotes_what_would_break_a_row_or_run_as_a_formula() {
    let refused = Grade { reason: Some("expected \"a\", found b\nc".into()), ..Grade::default() };
    let csv = report::csv(&[("=HYPERLINK(1).json".into(), refused)]);
    let (header, row) = csv.split_once("\r\n").unwrap();
    assert!(header.starts_with("file,verified,claimed checksum,found checksum,"));
    assert_eq!(row, "\"'=HYPERLINK(1).json\",no,,,,,,,\"expected \"\"a\"\", found b\nc\"\r\n");
    let table = report::table(&[("a\u{1b}[2Jb".into(), Grade::default())]);
    assert!(table.lines().nth(1).unwrap().starts_with("a\u{fffd}[2Jb  yes"), "{table}");
}
