//! What is fused for speed against the network as the recipe writes it.

use hellonn::nn::{
    Fusion, LayerSpec, Loss, Network, NetworkPlan, Order, Scalar, Shape, Start, Step, TrainingActivations,
};
use hellonn::random::Random;
use hellonn::train::{DataShape, Optimizer, OptimizerSpec, Recipe, Regularization, preset};
use ndarray::Array2;
use rand::RngExt;

use crate::nn::common::{assert_near, every_kind, fill, image, noise, random};

const BATCH: usize = 5;
const POOL: Fusion = Fusion { pool_before_relu: true, ..Fusion::NONE };

/// Images of which two thirds are zeros, and their labels.
fn batches<T: Scalar>(n: usize, batch: usize, plan: &NetworkPlan, random: &mut Random) -> Vec<(Array2<T>, Vec<u8>)> {
    let mut some = || {
        let x = noise::<T>((batch, plan.input.len()), random);
        let x = x.mapv(|x| if random.random_bool(0.7) { T::zero() } else { x });
        let labels = (0..batch).map(|_| random.random_range(0..plan.output().len()) as u8);
        (x, labels.collect())
    };
    (0..n).map(|_| some()).collect()
}

/// A network in training, in one order.
struct Run<T> {
    network: Network<T>,
    training: TrainingActivations<T>,
    optimizer: Optimizer<T>,
    random: Random,
}

impl<T: Scalar> Run<T> {
    fn new(plan: &NetworkPlan, start: Start, fusion: Fusion, optimizer: OptimizerSpec, weight_decay: f64) -> Self {
        let mut network = plan.build(start, &mut random(31));
        let order = Order::fused(&mut network, plan, fusion);
        let regularization = Regularization { weight_decay, ..Regularization::default() };
        Self {
            training: TrainingActivations::new(&order, BATCH),
            optimizer: Optimizer::new(optimizer, regularization, &network),
            random: random(32),
            network,
        }
    }

    /// Learns from a batch; returns its loss.
    fn learn(&mut self, x: &Array2<T>, labels: &[u8], loss: Loss, rate: f64) -> f64 {
        fill(&mut self.training.activations, x);
        self.network.forward_train(&mut self.training, &mut self.random);
        let (output, gradient) = self.training.output_and_gradient();
        let share = T::from_f64(1.0 / labels.len() as f64);
        let loss = loss.sum(output, labels, Some((gradient, share))) / labels.len() as f64;
        if self.training.activations.order().fusion().descent {
            self.network.descend(&mut self.training, self.optimizer.descent(rate));
        } else {
            self.network.backward(&mut self.training, false);
            self.optimizer.update(&mut self.network, rate);
        }
        loss
    }

    /// What the layer at this place keeps.
    fn values(&self, place: usize) -> Vec<T> {
        self.network.parameters(place).iter().flat_map(|parameter| parameter.value.iter().copied()).collect()
    }

    fn gradients(&self, place: usize) -> Vec<T> {
        self.network.parameters(place).iter().flat_map(|parameter| parameter.gradient.iter().copied()).collect()
    }
}

/// Networks that have a layer of this kind first, amid convolution and pooling, and before the end: those that fit.
fn networks(kind: LayerSpec) -> Vec<NetworkPlan> {
    let conv = LayerSpec::Conv2d { channels: 4, kernel: 3, stride: 1, padding: 1, bias: true };
    let pool = LayerSpec::MaxPool2d { kernel: 2, stride: Some(1) };
    let dense = LayerSpec::Dense { units: 3, bias: true };
    let relu = LayerSpec::Relu {};
    let candidates = [
        vec![kind, relu, dense],
        vec![kind, relu, pool, dense],
        vec![conv, kind, relu, pool, pool, dense],
        vec![conv, relu, pool, kind, relu, dense],
    ];
    let plans = candidates.iter().filter_map(|layers| NetworkPlan::new(image(2, 7, 6), layers).ok());
    plans.collect()
}

/// Whether a network was found in which this was fused.
struct Found {
    pool: bool,
    sparse: bool,
}

/// Trains a fused and a plain network alike, and compares them by place after each batch.
fn check_kind<T: Scalar>(kind: LayerSpec, fusion: Fusion, is_same: impl Fn(&[T], &[T]), found: &mut Found) {
    for plan in networks(kind) {
        let run = |fusion| Run::<T>::new(&plan, Start::HeNormal, fusion, OptimizerSpec::adam(), 0.01);
        let (mut fused, mut plain) = (run(fusion), run(Fusion::NONE));
        for (x, labels) in batches::<T>(6, BATCH, &plan, &mut random(33)) {
            let [fused_loss, plain_loss] =
                [&mut fused, &mut plain].map(|run| run.learn(&x, &labels, Loss::cross_entropy(), 0.01));
            is_same(&[T::from_f64(fused_loss)], &[T::from_f64(plain_loss)]);
            for place in 0..plan.layers.len() {
                is_same(&fused.values(place), &plain.values(place));
                is_same(&fused.gradients(place), &plain.gradients(place));
            }
            compare_on_the_way(&fused.training, &plain.training, &is_same);
        }
        let order = fused.training.activations.order();
        found.pool |= order.steps() != plain.training.activations.order().steps();
        found.sparse |= order.fusion().sparse_input;
    }
}

/// After each step of the fused order that has done just what the plain order's step of the same number had, both put out
/// the same, and have the same gradient by it.
fn compare_on_the_way<T: Scalar>(
    fused: &TrainingActivations<T>,
    plain: &TrainingActivations<T>,
    is_same: &impl Fn(&[T], &[T]),
) {
    let steps = fused.activations.order().steps().iter().zip(plain.activations.order().steps()).enumerate();
    let mut farthest = 0;
    for (step_idx, (fused_step, plain_step)) in steps {
        farthest = farthest.max(fused_step.place);
        if farthest == step_idx {
            let numbers = |of: ndarray::ArrayView2<T>| of.iter().copied().collect::<Vec<_>>();
            let output =
                |training: &TrainingActivations<T>, step: &Step| numbers(training.activations.output_of(step.place));
            is_same(&output(fused, fused_step), &output(plain, plain_step));
            let gradient =
                |training: &TrainingActivations<T>, step: &Step| numbers(training.output_gradient_of(step.place));
            is_same(&gradient(fused, fused_step), &gradient(plain, plain_step));
        }
    }
}

#[test]
fn a_pool_before_its_relu_gives_every_kind_of_network_the_recipes_bits() {
    let mut found = Found { pool: false, sparse: false };
    for kind in every_kind() {
        // But for the sign of a zero, which `==` does not see.
        check_kind::<f32>(kind, POOL, |fused, plain| assert_eq!(fused, plain, "{kind:?}"), &mut found);
    }
    assert!(found.pool && !found.sparse);
}

#[test]
fn a_sparse_first_layer_gives_every_kind_of_network_the_recipes_numbers() {
    let mut found = Found { pool: false, sparse: false };
    for kind in every_kind() {
        check_kind::<f64>(
            kind,
            Fusion::for_training(BATCH, false),
            |fused, plain| assert_near(fused, plain),
            &mut found,
        );
    }
    assert!(found.pool && found.sparse);
}

/// Plain backward passes and the optimizer's updates are what the fused descent is measured against.
fn check_descent(name: &str) {
    let Recipe { layers, start, loss, optimizer, learning_rate, weight_decay, batch_size, .. } =
        preset(name, DataShape::MNIST).expect("there is such a preset");
    let plan = NetworkPlan::new(image(1, 28, 28), &layers).expect("the layers fit");
    let run = |fusion| Run::<f64>::new(&plan, start, fusion, optimizer, weight_decay);
    let (mut fused, mut plain) = (run(Fusion::for_training(batch_size, true)), run(Fusion::NONE));
    assert!(fused.training.activations.order().fusion().descent, "{name} descends");
    for (x, labels) in batches::<f64>(40, batch_size, &plan, &mut random(34)) {
        let [fused, plain] = [&mut fused, &mut plain].map(|run| run.learn(&x, &labels, loss, learning_rate));
        assert_near(&[fused], &[plain]);
    }
    fused.network.settle();
    for place in 0..plan.layers.len() {
        assert_near(&fused.values(place), &plain.values(place));
        assert!(fused.gradients(place).iter().all(|&gradient| gradient == 0.0), "no gradient is written down");
    }
    assert_eq!(fused.optimizer.n_updates(), plain.optimizer.n_updates());
}

#[test]
fn by_hands_fused_descent_is_the_plain_gradient_and_the_optimizers_update() {
    check_descent("By hand");
}

#[test]
fn network_wars_fused_descent_is_the_plain_gradient_and_the_optimizers_update() {
    check_descent("Network wars");
}

#[test]
fn an_order_names_places_and_shapes() {
    let pool = LayerSpec::MaxPool2d { kernel: 2, stride: None };
    let layers = [LayerSpec::Relu {}, pool, LayerSpec::Relu {}, LayerSpec::Dense { units: 3, bias: true }];
    let plan = NetworkPlan::new(image(1, 4, 4), &layers).expect("the layers fit");
    let mut network = plan.build::<f32>(Start::HeNormal, &mut random(1));
    let steps = |order: Order| order.steps().iter().map(|step| (step.place, step.output)).collect::<Vec<_>>();
    let (large, small, flat) = (image(1, 4, 4), image(1, 2, 2), Shape::Flat(3));
    assert_eq!(steps(Order::plain(&network)), [(0, large), (1, small), (2, small), (3, flat)]);
    let fusion = Fusion::for_training(1, true);
    let fused = Order::fused(&mut network, &plan, fusion);
    assert_eq!(fused.fusion(), Fusion { sparse_input: false, ..fusion }, "a ReLU takes all numbers");
    assert_eq!(steps(fused), [(1, small), (0, small), (2, small), (3, flat)]);

    let convolution = LayerSpec::Conv2d { channels: 1, kernel: 3, stride: 1, padding: 0, bias: true };
    let plan = NetworkPlan::new(image(1, 4, 4), &[convolution]).expect("the layer fits");
    let mut network = plan.build::<f32>(Start::HeNormal, &mut random(1));
    assert_eq!(Order::fused(&mut network, &plan, fusion).fusion(), POOL, "a convolution can do neither");
    assert!(!Fusion::for_training(2, true).descent && !Fusion::for_training(1, false).descent);
}
