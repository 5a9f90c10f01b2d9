//! Statistics of runs, which need no session.
//!
//! The page makes the question itself, and only numbers and lists of them go back: they are read and written here field
//! by field, since serde's way would take more of the module than the statistics do.

use js_sys::{Array, Float64Array, Object, Reflect};
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::compare::{
    self, GroupSummary, Histogram, ImageCounts, Interval, Luck, Outcome, RunGroup, SeedPair, VerdictQuestion,
    VerdictTest,
};
use crate::decimal::decimal;
use crate::error::{FieldError, check};

/// Whether A is better than B, and what that rests on.
#[wasm_bindgen(unchecked_return_type = "Verdict")]
pub fn verdict(question: Ts<VerdictQuestion>) -> Result<JsValue, JsValue> {
    let question: JsValue = question.into();
    let question = VerdictQuestion {
        a: group(&question, "a")?,
        b: group(&question, "b")?,
        images: images(&question).map_err(|error| error.within("images"))?,
        other_p_values: numbers(&question, "otherPValues")?,
    };
    let verdict = compare::verdict(&question)?;
    let pairs = Array::new();
    for SeedPair { seed, difference } in verdict.pairs {
        pairs.push(&object(&[("seed", Some(seed.into())), ("difference", Some(difference))]).into());
    }
    let of = object(&[
        ("gap", verdict.gap),
        ("p", verdict.p),
        ("correctedP", verdict.corrected_p),
        ("nComparisons", Some(verdict.n_comparisons as f64)),
        ("moreSeeds", verdict.more_seeds.map(f64::from)),
    ]);
    set(&of, "outcome", Some(outcome(verdict.outcome).into()));
    set(&of, "a", verdict.a.map(from_summary));
    set(&of, "b", verdict.b.map(from_summary));
    set(&of, "pairs", Some(pairs.into()));
    set(&of, "test", verdict.test.map(|made| test(made).into()));
    set(&of, "interval", verdict.interval.map(from_interval));
    set(&of, "luck", verdict.luck.map(from_luck));
    Ok(of.into())
}

/// Wilson's 95 % interval of an accuracy, 0 to 1, from how many of the images were read rightly: its low and its high
/// end.
#[wasm_bindgen(unchecked_return_type = "[low: number, high: number]")]
pub fn wilson(
    #[wasm_bindgen(js_name = nCorrect)] n_correct: f64,
    #[wasm_bindgen(js_name = nImages)] n_images: f64,
) -> Result<JsValue, JsValue> {
    let interval = compare::wilson_interval(whole("nCorrect", n_correct)?, whole("nImages", n_images)?)?;
    Ok(Array::of2(&interval.low.into(), &interval.high.into()).into())
}

/// McNemar's exact test on two networks' answers to the same images, and the images that only one of them reads.
#[wasm_bindgen(unchecked_return_type = "AnswersCompared")]
pub fn mcnemar(
    #[wasm_bindgen(js_name = answersA)] answers_a: &[u8],
    #[wasm_bindgen(js_name = answersB)] answers_b: &[u8],
    labels: &[u8],
) -> Result<JsValue, JsValue> {
    let compared = compare::mcnemar(answers_a, answers_b, labels)?;
    let of = object(&[("nImages", Some(compared.n_images as f64)), ("p", Some(compared.p))]);
    set(&of, "onlyA", Some(list(&compared.only_a)));
    set(&of, "onlyB", Some(list(&compared.only_b)));
    Ok(of.into())
}

/// Mean and sample deviation of at least one number.
#[wasm_bindgen(unchecked_return_type = "GroupSummary")]
pub fn summary(values: &[f64]) -> Result<JsValue, JsValue> {
    Ok(from_summary(GroupSummary::new(values)?))
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotTheSameData => "notTheSameData",
        Outcome::NothingToCompare => "nothingToCompare",
        Outcome::TooFewSeeds => "tooFewSeeds",
        Outcome::TooEarly => "tooEarly",
        Outcome::AIsBetter => "aIsBetter",
        Outcome::BIsBetter => "bIsBetter",
        Outcome::MayBeLuck => "mayBeLuck",
        Outcome::Same => "same",
    }
}

fn test(test: VerdictTest) -> &'static str {
    match test {
        VerdictTest::SignFlip => "signFlip",
        VerdictTest::Permutation => "permutation",
        VerdictTest::Mcnemar => "mcnemar",
    }
}

#[inline(never)]
fn from_summary(GroupSummary { n, mean, deviation }: GroupSummary) -> JsValue {
    object(&[("n", Some(n as f64)), ("mean", Some(mean)), ("deviation", deviation)]).into()
}

fn from_interval(Interval { low, high }: Interval) -> JsValue {
    object(&[("low", Some(low)), ("high", Some(high))]).into()
}

fn from_luck(Luck { hits, total, is_exact, histogram }: Luck) -> JsValue {
    let Histogram { low, high, counts, observed_idx } = histogram;
    let drawing = object(&[("low", Some(low)), ("high", Some(high)), ("observedIdx", Some(observed_idx as f64))]);
    set(&drawing, "counts", Some(list(&counts)));
    let of = object(&[("hits", Some(hits.into())), ("total", Some(total.into()))]);
    set(&of, "isExact", Some(is_exact.into()));
    set(&of, "histogram", Some(drawing.into()));
    of.into()
}

#[inline(never)]
fn list(numbers: &[u32]) -> JsValue {
    let list = Array::new();
    for &number in numbers {
        list.push(&number.into());
    }
    list.into()
}

/// An object of numbers; null where there is none.
#[inline(never)]
fn object(numbers: &[(&str, Option<f64>)]) -> Object {
    let object = Object::new();
    for &(name, number) in numbers {
        set(&object, name, number.map(JsValue::from));
    }
    object
}

/// Gives an object a field; null where there is no value.
#[inline(never)]
fn set(object: &Object, name: &str, value: Option<JsValue>) {
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(object, &name.into(), &value.unwrap_or(JsValue::NULL));
}

#[inline(never)]
fn group(question: &JsValue, name: &str) -> Result<RunGroup, FieldError> {
    let of = part(question, name);
    let read = || {
        let mut seeds = Vec::new();
        for seed in numbers(&of, "seeds")? {
            seeds.push(whole("seeds", seed)?);
        }
        Ok(RunGroup {
            fingerprint: part(&of, "fingerprint").as_string().unwrap_or_default(),
            n_validation: count(&of, "nValidation")?,
            seeds,
            accuracies: numbers(&of, "accuracies")?,
            is_finished: part(&of, "isFinished").is_truthy(),
        })
    };
    read().map_err(|error: FieldError| error.within(name))
}

fn images(question: &JsValue) -> Result<Option<ImageCounts>, FieldError> {
    let of = part(question, "images");
    if !of.is_object() {
        return Ok(None);
    }
    let [n_images, only_a, only_b] = ["nImages", "onlyA", "onlyB"].map(|name| count(&of, name));
    Ok(Some(ImageCounts { n_images: n_images?, only_a: only_a?, only_b: only_b? }))
}

/// A part of an object; undefined where there is no such part.
#[inline(never)]
fn part(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A list of numbers; none where there is no list. What is no number is NaN.
#[inline(never)]
fn numbers(of: &JsValue, name: &str) -> Result<Vec<f64>, FieldError> {
    let list = part(of, name);
    check(list.is_object() || list.is_undefined(), name, || "expected a list of numbers".into())?;
    Ok(Float64Array::new(&list).to_vec())
}

#[inline(never)]
fn count(of: &JsValue, name: &str) -> Result<u32, FieldError> {
    whole(name, part(of, name).as_f64().unwrap_or(f64::NAN))
}

#[inline(never)]
fn whole(field: &str, value: f64) -> Result<u32, FieldError> {
    let found = value as u32;
    check(f64::from(found) == value, field, || format!("expected a whole number from 0, found {}", decimal(value)))?;
    Ok(found)
}
