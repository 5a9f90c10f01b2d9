//! Learning-rate schedules: what share of the learning rate each update uses.

use std::f64::consts::PI;

use super::plan::MAX_EPOCHS;
use crate::by_kind::by_kind;
use crate::error::{Faults, above, between};

by_kind! {
    /// How the learning rate changes in the course of a run of n updates; i is an update's index from 0.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub enum Schedule as "Schedule" {
        /// 1 throughout.
        Constant {},
        /// factor^⌊epochs done/every⌋.
        Step { every: usize, factor: f64 },
        /// Half a cosine from 1 down to 0: (1 + cos(π·i/n))/2. Loshchilov and Hutter, "SGDR", 2017, without restarts.
        Cosine {},
        /// Rises in a straight line over the first `epochs`, (i + 1)/(updates in them), then stays at 1.
        Warmup { epochs: f64 },
        /// Rises from 1/25 to 1 over the first `rise` of the run and falls to 1/250,000 by its end, both along half a
        /// cosine. Smith and Topin, "Super-convergence", 2018, in PyTorch's form of it.
        OneCycle {
            #[serde(default = "usual_rise")]
            rise: f64,
        },
    }
}

impl Default for Schedule {
    fn default() -> Self {
        Schedule::Constant {}
    }
}

fn usual_rise() -> f64 {
    0.3
}

/// Where one-cycle starts, as a share of its peak.
const ONE_CYCLE_START: f64 = 1.0 / 25.0;
/// Where it ends.
const ONE_CYCLE_END: f64 = ONE_CYCLE_START / 1e4;

/// From `start` at 0 to `end` at 1 along half a cosine.
fn anneal(start: f64, end: f64, share: f64) -> f64 {
    end + (start - end) / 2.0 * (1.0 + libm::cos(PI * share))
}

impl Schedule {
    /// One-cycle that rises over the usual part of the run.
    pub fn one_cycle() -> Self {
        Schedule::OneCycle { rise: usual_rise() }
    }

    /// Finds the settings out of range.
    pub fn faults(self) -> Faults {
        let mut faults = Faults::default();
        match self {
            Schedule::Constant {} | Schedule::Cosine {} => {}
            Schedule::Step { every, factor } => {
                faults.note(between(1, MAX_EPOCHS).check("every", every));
                faults.note(above(0.0).and_at_most(1.0).check("factor", factor));
            }
            Schedule::Warmup { epochs } => faults.note(above(0.0).and_at_most(1000.0).check("epochs", epochs)),
            Schedule::OneCycle { rise } => faults.note(above(0.0).and_below(1.0).check("rise", rise)),
        }
        faults
    }

    /// Whether a run of another number of epochs would have had other learning rates from the start.
    pub fn depends_on_epochs(self) -> bool {
        match self {
            Schedule::Constant {} | Schedule::Step { .. } | Schedule::Warmup { .. } => false,
            Schedule::Cosine {} | Schedule::OneCycle { .. } => true,
        }
    }

    /// The share of the learning rate that the update of index `update_idx` uses.
    pub fn factor(self, update_idx: u64, updates_per_epoch: usize, epochs: usize) -> f64 {
        let i = update_idx as f64;
        let per_epoch = updates_per_epoch as f64;
        let n = per_epoch * epochs as f64;
        match self {
            Schedule::Constant {} => 1.0,
            Schedule::Step { every, factor } => {
                let n_steps = update_idx / (updates_per_epoch as u64 * every as u64);
                libm::pow(factor, n_steps as f64)
            }
            Schedule::Cosine {} => anneal(1.0, 0.0, i / n),
            Schedule::Warmup { epochs } => ((i + 1.0) / (per_epoch * epochs)).min(1.0),
            Schedule::OneCycle { rise } => {
                let peak = rise * n - 1.0;
                if i < peak {
                    anneal(ONE_CYCLE_START, 1.0, i / peak)
                } else {
                    anneal(1.0, ONE_CYCLE_END, (i - peak) / (n - 1.0 - peak))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FieldError;

    /// `tests/reference/schedules.py` printed the expected numbers with PyTorch's schedulers.
    #[test]
    fn the_schedules_are_pytorchs() {
        let factors = |schedule: Schedule| (0..8).map(|i| schedule.factor(i, 2, 4)).collect::<Vec<_>>();
        let expect = |schedule, expected: [f64; 8]| {
            for (found, expected) in factors(schedule).into_iter().zip(expected) {
                assert!((found - expected).abs() < 1e-12, "{schedule:?}: {found} is not {expected}");
            }
        };
        expect(Schedule::Constant {}, [1.0; 8]);
        expect(Schedule::Step { every: 1, factor: 0.5 }, [1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]);
        expect(
            Schedule::Cosine {},
            [
                1.0,
                0.9619397662556434,
                0.8535533905932737,
                0.6913417161825449,
                0.5,
                0.30865828381745514,
                0.14644660940672627,
                0.03806023374435664,
            ],
        );
        let third = 1.0 / 3.0;
        expect(Schedule::Warmup { epochs: 1.5 }, [third, 2.0 * third, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        expect(
            Schedule::OneCycle { rise: 0.3 },
            [
                0.04,
                0.819275104892192,
                0.9719417773875232,
                0.811745653949763,
                0.5559840141227016,
                0.28306099820869923,
                0.0766415938342564,
                4e-06,
            ],
        );
    }

    #[test]
    fn a_schedule_out_of_range_names_its_field() {
        let rise = FieldError::new("rise", "expected above 0 and below 1, found 1");
        assert_eq!(Schedule::OneCycle { rise: 1.0 }.faults().0, [rise]);
        let fields = |schedule: Schedule| schedule.faults().0.into_iter().map(|fault| fault.field).collect::<Vec<_>>();
        assert_eq!(fields(Schedule::Step { every: 0, factor: 0.5 }), ["every"]);
        assert_eq!(fields(Schedule::Step { every: 0, factor: f64::NAN }), ["every", "factor"]);
        assert_eq!(fields(Schedule::Warmup { epochs: 0.0 }), ["epochs"]);
        assert!(fields(Schedule::Cosine {}).is_empty());
    }
}
