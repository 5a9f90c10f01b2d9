mod augment;
mod drawing;
mod errors;
mod files;
mod fingerprint;
