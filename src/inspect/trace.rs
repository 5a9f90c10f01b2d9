//! What happens in a network, layer by layer, as the recipe writes it.

use ndarray::{Array2, ArrayView2};

use crate::nn::{
    Activations, Loss, Network, NetworkPlan, Order, Parameter, ParameterKind, Scalar, Start, TrainingActivations,
};
use crate::random::{Random, Stream, stream};
use crate::train::Trainer;

/// A copy of a network that takes batches through its layers in the recipe's order, nothing fused, and keeps what each
/// layer makes of them. A layer is named by its place: its position in the recipe, from 0.
///
/// Every batch finds the copy as it was made: neither dropout's random numbers nor batch normalisation's running mean
/// and variance go on from one to the next.
pub struct Trace<T> {
    network: Network<T>,
    order: Order,
    loss: Loss,
    random: Random,
}

/// How a batch was answered.
pub struct Answer<T> {
    activations: Activations<T>,
}

/// How a batch was learnt from, as far as the gradients of its mean loss.
pub struct Lesson<'a, T> {
    network: &'a Network<T>,
    training: TrainingActivations<T>,
    loss: f64,
}

impl Trace<f32> {
    /// A copy of the trainer's network between two of its steps. Dropout draws what it would draw in the next.
    pub fn of(trainer: &Trainer) -> Self {
        let plan = trainer.plan();
        Self::new(&plan.network, trainer.network(), plan.recipe.loss, trainer.layers_random().clone())
    }
}

impl<T: Scalar> Trace<T> {
    /// A copy of `network`, which was built from `plan`. `random` is what dropout draws from, for every batch anew.
    pub fn new(plan: &NetworkPlan, network: &Network<T>, loss: Loss, random: Random) -> Self {
        // How it starts does not matter.
        let mut copy = plan.build(Start::Zeros, &mut stream(0, Stream::Start));
        copy.set_values(&network.values());
        Self { order: Order::plain(&copy), network: copy, loss, random }
    }

    /// Answers a batch (batch, numbers a sample) as the network does when it is asked.
    pub fn answer(&self, batch: ArrayView2<T>) -> Answer<T> {
        let mut activations = Activations::new(&self.order, batch.nrows());
        activations.input_mut(batch.nrows()).assign(&batch);
        self.network.forward(&mut activations);
        Answer { activations }
    }

    /// Takes a batch (batch, numbers a sample) with a label for each sample forward and back as in training.
    pub fn learn(&mut self, batch: ArrayView2<T>, labels: &[u8]) -> Lesson<'_, T> {
        assert_eq!(batch.nrows(), labels.len(), "a label for each sample");
        let n = batch.nrows();
        let statistics = self.statistics();
        let mut training = TrainingActivations::new(&self.order, n);
        training.activations.input_mut(n).assign(&batch);
        self.network.forward_train(&mut training, &mut self.random.clone());
        let (output, gradient) = training.output_and_gradient();
        let n_samples = n.max(1) as f64;
        let loss = self.loss.sum(output, labels, Some((gradient, T::from_f64(1.0 / n_samples)))) / n_samples;
        self.network.backward(&mut training, false);
        self.restore(statistics);
        Lesson { network: &self.network, training, loss }
    }

    /// What is measured while training.
    fn statistics(&self) -> Vec<Array2<T>> {
        let mut statistics = Vec::new();
        self.network.visit(&mut |parameter| {
            if parameter.kind == ParameterKind::Statistic {
                statistics.push(parameter.value.clone());
            }
        });
        statistics
    }

    /// Puts back what `statistics` gave.
    fn restore(&mut self, statistics: Vec<Array2<T>>) {
        let mut statistics = statistics.into_iter();
        self.network.visit_mut(&mut |parameter| {
            if parameter.kind == ParameterKind::Statistic {
                parameter.value = statistics.next().expect("one was taken of each");
            }
        });
    }
}

impl<T: Scalar> Answer<T> {
    /// What the layer at this place put out: (batch, numbers a sample). The last layer's is the network's.
    pub fn output(&self, place: usize) -> ArrayView2<'_, T> {
        self.activations.output_of(place)
    }
}

impl<T: Scalar> Lesson<'_, T> {
    /// The mean loss L over the batch.
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// What the layer at this place put out: (batch, numbers a sample). The last layer's is the network's.
    pub fn output(&self, place: usize) -> ArrayView2<'_, T> {
        self.training.activations.output_of(place)
    }

    /// ∂L/∂output of the layer at this place: (batch, numbers a sample).
    pub fn output_gradient(&self, place: usize) -> ArrayView2<'_, T> {
        self.training.output_gradient_of(place)
    }

    /// What the layer at this place keeps, each with ∂L by it, of the shapes that
    /// [`Network::parameters`] names.
    pub fn parameters(&self, place: usize) -> Vec<&Parameter<T>> {
        self.network.parameters(place)
    }
}
