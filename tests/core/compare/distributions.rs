//! The distributions that intervals and tests rest on.

use hellonn::compare::{Pairing, incomplete_beta, seeds_needed, t_quantile, t_two_sided};
use serde_json::Value;

use super::{assert_close, assert_refused, cases, number, rows};

#[test]
fn the_incomplete_beta_function_is_scipys() {
    for case @ [a, b, x, expected] in rows("beta") {
        assert_close(incomplete_beta(a, b, x, 1.0 - x), expected, 1e-9, &case);
    }
    assert_eq!([0.0, 1.0].map(|x| incomplete_beta(2.5, 0.5, x, 1.0 - x)), [0.0, 1.0]);
}

#[test]
fn students_quantile_is_scipys() {
    for case @ [df, tail, expected] in rows("student") {
        assert_close(t_quantile(tail, df), expected, 1e-10, &case);
        assert_close(t_two_sided(expected, df), tail, 1e-9, &case);
    }
    assert_eq!(t_two_sided(0.0, 3.0), 1.0);
    assert_eq!(t_two_sided(-2.5, 3.0), t_two_sided(2.5, 3.0));
}

#[test]
fn as_many_seeds_are_needed_as_statsmodels_says() {
    for case in cases("power") {
        let [mean, deviation, level] = [0, 1, 2].map(|idx| number(&case[idx]));
        for (pairing, expected) in [(Pairing::Paired, &case[3]), (Pairing::Unpaired, &case[4])] {
            let found = seeds_needed(mean, deviation, pairing, level).expect("it is sound");
            assert_eq!(found, expected.as_u64().map(|n| n as u32), "{pairing:?} {case}");
            assert_eq!(seeds_needed(-mean, deviation, pairing, level), Ok(found), "{pairing:?} {case}");
        }
    }
    let n_without = cases("power").iter().filter(|case| case[3] == Value::Null).count();
    assert!(n_without > 5, "some differences are too small for 1000 seeds");
}

#[test]
fn fewer_than_six_pairs_never_settle_it_and_no_number_shows_no_difference() {
    let needed = |mean, deviation, level| seeds_needed(mean, deviation, Pairing::Paired, level).expect("it is sound");
    assert_eq!(needed(0.01, 0.0, 0.05), Some(6));
    assert_eq!(needed(1.0, 1e-9, 0.05), Some(6));
    assert_eq!(needed(1.0, 1e-9, 0.025), Some(7));
    assert_eq!(needed(0.0, 0.01, 0.05), None);
    assert_eq!(needed(0.0, 0.0, 0.05), None);
    assert_eq!(needed(1e-9, 1.0, 0.05), None);
}

#[test]
fn what_gives_no_number_of_seeds_is_refused() {
    let needed = |mean, deviation, level| seeds_needed(mean, deviation, Pairing::Paired, level);
    assert_refused(needed(f64::NAN, 1.0, 0.05), "mean: expected a finite number, found NaN");
    assert_refused(needed(1.0, -1.0, 0.05), "deviation: expected at least 0 and below infinity, found -1");
    assert_refused(
        needed(1.0, f64::INFINITY, 0.05),
        "deviation: expected at least 0 and below infinity, found infinity",
    );
    assert_refused(needed(1.0, 1.0, 0.0), "level: expected above 0 and below 1, found 0");
}
