//! The first updates of a network, number by number, for somebody who has written the same one.

use ndarray::ArrayView2;

use super::Trace;
use crate::nn::kernels::ROW_MAJOR;
use crate::nn::{Loss, NetworkPlan, ParameterKind, Start};
use crate::random::{Stream, stream};
use crate::train::Trainer;

/// Which network it is; it starts as a run with this seed does.
#[derive(Clone, Copy)]
pub struct Untrained<'a> {
    pub plan: &'a NetworkPlan,
    pub start: Start,
    pub loss: Loss,
    pub seed: u32,
}

/// What an update is: W ← W − η·(∂L/∂W + λ·W) for weights, p ← p − η·∂L/∂p for other parameters.
#[derive(Clone, Copy)]
pub struct Descent {
    /// η
    pub learning_rate: f32,
    /// λ
    pub weight_decay: f32,
    pub batch_size: usize,
}

/// How many updates are shown.
pub const N_UPDATES: usize = 3;

/// Trains an untrained network on `images` (row-major, an image a row) in their order, a batch after another and from
/// the first again.
///
/// Gives one array after another, all row-major: the network's outputs for all images before the first update, and its
/// parameters then; of each update the mean loss over its batch, what each layer put out for it, ∂L/∂output of each
/// layer, and ∂L by each parameter, without weight decay. Nothing but the first two where there are fewer images than
/// a batch has.
pub fn first_updates(network: Untrained, images: &[f32], labels: &[u8], descent: Descent) -> Vec<f32> {
    let Untrained { plan, start, loss, seed } = network;
    let n_pixels = plan.input.len();
    let n_places = plan.layers.len();
    let mut network = plan.build::<f32>(start, &mut stream(seed, Stream::Start));
    let mut found = Vec::new();
    let mut tell = |numbers: Option<&[f32]>| found.extend_from_slice(numbers.expect(ROW_MAJOR));

    let mut trace = Trace::new(plan, &network, loss, stream(seed, Stream::Layers));
    tell(Some(&outputs(&trace, images, plan)));
    network.visit(&mut |parameter| tell(parameter.value.as_slice()));
    let batches = labels.chunks_exact(descent.batch_size).zip(images.chunks_exact(descent.batch_size * n_pixels));
    for (labels, images) in batches.cycle().take(N_UPDATES) {
        let lesson = trace.learn(rows(images, n_pixels), labels);
        tell(Some(&[lesson.loss() as f32]));
        (0..n_places).for_each(|place| tell(lesson.output(place).to_slice()));
        (0..n_places).for_each(|place| tell(lesson.output_gradient(place).to_slice()));
        let mut gradients = (0..n_places).flat_map(|place| lesson.parameters(place));
        network.visit_mut(&mut |parameter| {
            let gradient = gradients.next().and_then(|of_trace| of_trace.gradient.as_slice()).expect(ROW_MAJOR);
            tell(Some(gradient));
            let decay = if parameter.kind == ParameterKind::Weight { descent.weight_decay } else { 0.0 };
            let values = parameter.value.as_slice_mut().expect(ROW_MAJOR);
            values.iter_mut().zip(gradient).for_each(|(p, g)| *p -= descent.learning_rate * (g + decay * *p));
        });
        drop(gradients);
        trace = Trace::new(plan, &network, loss, stream(seed, Stream::Layers));
    }
    found
}

/// What the trainer's network puts out for images (row-major, an image a row): the outputs as they are, an image a row.
pub fn answers(trainer: &Trainer, images: &[f32]) -> Vec<f32> {
    outputs(&Trace::of(trainer), images, &trainer.plan().network)
}

fn outputs(trace: &Trace<f32>, images: &[f32], plan: &NetworkPlan) -> Vec<f32> {
    let answer = trace.answer(rows(images, plan.input.len()));
    answer.output(plan.layers.len() - 1).to_slice().expect(ROW_MAJOR).to_vec()
}

fn rows(numbers: &[f32], n_pixels: usize) -> ArrayView2<'_, f32> {
    let n = numbers.len() / n_pixels;
    ArrayView2::from_shape((n, n_pixels), &numbers[..n * n_pixels]).expect(ROW_MAJOR)
}
