pub mod common;
mod fusion;
mod gradients;
mod layers;
mod losses;
mod naive;
mod properties;
mod starts;
