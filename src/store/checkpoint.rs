//! A [`Checkpoint`] as bytes.
//!
//! All numbers are little-endian: u32 and u64 unsigned, f32 and f64 as in IEEE 754.
//!
//! | at | type | what |
//! | --- | --- | --- |
//! | 0 | 8 bytes | `HelloNN` and a zero |
//! | 8 | u32 | version of this format: 1 |
//! | 12 | u32 | [`ENGINE_VERSION`] |
//! | 16 | u64 | how many bytes there are in all |
//! | 24 | u64 | fingerprint of the training set |
//! | 32 | f64 | learning rate |
//! | 40 | u64 | updates since the start of the run |
//! | 48 | u32 | epoch, from 1 |
//! | 52 | u32 | phase: 0 training, 1 validating, 2 finished, 3 diverged |
//! | 56 | tally | of the batch that is under way |
//! | 72 | tally | of the epoch's batches that are done |
//! | 88 | tally | of the validation images so far; zeros unless validating |
//! | 104 | generator | what layers draw from while training |
//! | 136 | generator | what the augmentation draws from |
//! | 168 | generator | what shuffles the next epoch; zeros unless the order is kept |
//! | 200 | f64 | the lowest validation loss, where early stopping is on |
//! | 208 | u32 | its epoch, or 0 |
//! | 212 | u32 | how many bytes the recipe has |
//! | 216 | | the recipe, with its seed: JSON in UTF-8 |
//! | | arrays | parameters |
//! | | arrays | the optimizer's moments |
//! | | arrays | gradients so far, if the run stands within a batch; else none |
//! | | arrays | parameters of the epoch with the lowest validation loss, if there is one; else none |
//! | | u32, u32s | how many indices are kept of this epoch's order, and these: all training images, or none |
//! | | u64 | XXH64 with seed 0 of all bytes before |
//!
//! A *tally* is the sum of losses (f64), the number of right answers (u32) and that of images (u32). A *generator* is
//! the state of xoshiro256++ (four u64). *Arrays* are: how many (u32), then for each how many numbers it has (u32) and
//! the numbers (f32, row-major).
//!
//! The parameters are those of the recipe's layers, one after another: of a dense layer the weight (fan-in, fan-out)
//! and the bias, of a convolution the weight (channels, kernel rows, kernel columns, input channels) and the bias, of
//! batch normalisation scale, shift, running mean and running variance. Moments are missing for the last two; otherwise
//! each parameter has as many as its optimizer needs: v for momentum and RMSprop, m and v for Adam and AdamW, v and u
//! for Adadelta.
//!
//! Most often no order is kept: it follows from the seed by a shuffle an epoch.

use rand::SeedableRng;
use xxhash_rust::xxh64::xxh64;

use super::bytes::{Reader, Writer};
use crate::data::Shuffled;
use crate::error::{FieldError, at_least, check};
use crate::random::Random;
use crate::train::{Best, Checkpoint, ENGINE_VERSION, Evaluator, Phase, Progress, Recipe, Tally};

const MAGIC: &[u8; 8] = b"HelloNN\0";
const VERSION: u32 = 1;
/// Where the number of bytes stands.
const LENGTH_AT: usize = 16;
/// A checkpoint of nothing.
const SHORTEST: usize = 216 + 5 * 4 + CHECKSUM_LENGTH;
const CHECKSUM_LENGTH: usize = 8;
const NO_GENERATOR: [u8; 32] = [0; 32];

/// The bytes of a checkpoint, whose recipe somebody else has written as JSON.
pub fn write(checkpoint: &Checkpoint, recipe_json: &str) -> Vec<u8> {
    let Checkpoint { progress, order, best, .. } = checkpoint;
    let (phase, validation) = match &progress.phase {
        Phase::Training => (0, Tally::default()),
        Phase::Validating(evaluator) => (1, evaluator.tally),
        Phase::Finished => (2, Tally::default()),
        Phase::Diverged => (3, Tally::default()),
    };
    let mut writer = Writer::default();
    writer.bytes(MAGIC);
    writer.u32(VERSION);
    writer.u32(ENGINE_VERSION);
    writer.u64(0);
    writer.u64(checkpoint.fingerprint);
    writer.f64(progress.learning_rate);
    writer.u64(checkpoint.n_updates);
    writer.count(progress.epoch);
    writer.u32(phase);
    for Tally { loss_sum, n_correct, n_images } in [progress.batch, progress.epoch_tally, validation] {
        writer.f64(loss_sum);
        writer.count(n_correct);
        writer.count(n_images);
    }
    writer.bytes(&progress.layers_random.state());
    writer.bytes(&progress.augmentation_random.state());
    writer.bytes(&order.as_ref().map_or(NO_GENERATOR, |order| order.random.state()));
    writer.f64(best.as_ref().map_or(0.0, |best| best.validation_loss));
    writer.count(best.as_ref().map_or(0, |best| best.epoch));

    writer.count(recipe_json.len());
    writer.bytes(recipe_json.as_bytes());
    writer.arrays(&checkpoint.parameters);
    writer.arrays(&checkpoint.moments);
    writer.arrays(&checkpoint.gradients);
    writer.arrays(best.as_ref().map_or(&[], |best| &best.parameters));
    writer.u32s(order.as_ref().map_or(&[], |order| &order.indices));
    sealed(writer.0)
}

/// Writes the number of bytes in its place and the checksum at the end.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let n_bytes = (bytes.len() + CHECKSUM_LENGTH) as u64;
    bytes[LENGTH_AT..][..8].copy_from_slice(&n_bytes.to_le_bytes());
    let checksum = xxh64(&bytes, 0);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

/// Reads what [`write()`] wrote; `parse` reads the recipe from its JSON. Whether all of it fits together and to the
/// data is for [`Trainer::resume`](crate::train::Trainer::resume) to say.
///
/// # Errors
/// When the bytes are no checkpoint, of another version, truncated, too many, damaged, or not in this format; the path
/// begins with `checkpoint`.
pub fn read(bytes: &[u8], parse: impl FnOnce(&str) -> Result<Recipe, FieldError>) -> Result<Checkpoint, FieldError> {
    let content = unsealed(bytes).and_then(|content| read_content(Reader(content), parse));
    content.map_err(|error| error.within("checkpoint"))
}

/// What stands between the number of bytes and the checksum, when these are right.
fn unsealed(bytes: &[u8]) -> Result<&[u8], FieldError> {
    let start = &bytes[..bytes.len().min(MAGIC.len())];
    check(start == MAGIC, "", || format!("expected a file that begins with {MAGIC:02x?}, found {start:02x?}"))?;
    at_least(SHORTEST).followed_by(" bytes").check("", bytes.len())?;
    let (whole, checksum) = bytes.split_at(bytes.len() - CHECKSUM_LENGTH);
    let mut reader = Reader(&whole[MAGIC.len()..]);
    let version = reader.u32("version")?;
    check(version == VERSION, "version", || format!("expected {VERSION}, found {version}"))?;
    let engine = reader.u32("engine")?;
    let (expected, found) = (reader.u64("length")?, bytes.len() as u64);
    check(expected <= found, "", || format!("expected {expected} bytes, found {found}: it is truncated"))?;
    check(expected == found, "", || format!("expected {expected} bytes, found {found}: something follows it"))?;
    let (expected, found) = (Reader(checksum).u64("checksum")?, xxh64(whole, 0));
    check(expected == found, "checksum", || format!("expected {expected:016x}, found {found:016x}: it is damaged"))?;
    check(engine == ENGINE_VERSION, "engine", || {
        format!("expected version {ENGINE_VERSION}, found {engine}, which computes other bits")
    })?;
    Ok(reader.0)
}

fn read_content(
    mut reader: Reader,
    parse: impl FnOnce(&str) -> Result<Recipe, FieldError>,
) -> Result<Checkpoint, FieldError> {
    let fingerprint = reader.u64("data")?;
    let learning_rate = reader.f64("learningRate")?;
    let n_updates = reader.u64("updates")?;
    let epoch = reader.count("epoch")?;
    let phase = reader.u32("phase")?;
    let batch = tally(&mut reader)?;
    let epoch_tally = tally(&mut reader)?;
    let validation = tally(&mut reader)?;
    let [layers_random, augmentation_random, order_random] =
        [generator(&mut reader)?, generator(&mut reader)?, generator(&mut reader)?];
    let validation_loss = reader.f64("best")?;
    let best_epoch = reader.count("best")?;

    let n_bytes = reader.count("recipe")?;
    let json = std::str::from_utf8(reader.bytes("recipe", n_bytes)?)
        .map_err(|error| FieldError::new("recipe", format!("expected UTF-8, found other bytes: {error}")))?;
    let recipe = parse(json).map_err(|error| error.within("recipe"))?;
    let parameters = reader.arrays("parameters")?;
    let moments = reader.arrays("moments")?;
    let gradients = reader.arrays("gradients")?;
    let best_parameters = reader.arrays("best.parameters")?;
    let indices = reader.u32s("order")?;
    check(reader.0.is_empty(), "order", || format!("expected nothing after it, found {} bytes", reader.0.len()))?;

    let phase = match phase {
        0 => Phase::Training,
        1 => Phase::Validating(Evaluator { tally: validation }),
        2 => Phase::Finished,
        3 => Phase::Diverged,
        other => return Err(FieldError::new("phase", format!("expected 0 to 3, found {other}"))),
    };
    let best = Best { epoch: best_epoch, validation_loss, parameters: best_parameters };
    Ok(Checkpoint {
        recipe,
        fingerprint,
        progress: Progress { learning_rate, epoch, phase, batch, epoch_tally, layers_random, augmentation_random },
        n_updates,
        order: (!indices.is_empty()).then_some(Shuffled { indices, random: order_random }),
        parameters,
        moments,
        gradients,
        best: (best_epoch > 0).then_some(best),
    })
}

fn tally(reader: &mut Reader) -> Result<Tally, FieldError> {
    Ok(Tally { loss_sum: reader.f64("tally")?, n_correct: reader.count("tally")?, n_images: reader.count("tally")? })
}

fn generator(reader: &mut Reader) -> Result<Random, FieldError> {
    reader.array("generator").map(Random::from_seed)
}
