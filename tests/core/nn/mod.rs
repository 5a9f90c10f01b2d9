pub mod common;
mod gradients;
mod layers;
mod losses;
mod naive;
mod properties;
mod starts;
