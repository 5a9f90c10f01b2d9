//! The first updates, shown one by one, are those that a trainer makes.

use hellonn::data::Dataset;
use hellonn::data::pixels::normalise_image;
use hellonn::inspect::{Descent, N_UPDATES, Trace, Untrained, first_updates};
use hellonn::nn::{LayerSpec, Loss, Start};
use hellonn::train::{OptimizerSpec, Plan, Recipe};
use ndarray::Array2;

use crate::common::{bands, recipe, trainer};

fn rows(data: &Dataset) -> (Array2<f32>, Vec<u8>) {
    let mut images = Array2::zeros((data.len(), data.n_pixels()));
    for (image_idx, mut row) in images.rows_mut().into_iter().enumerate() {
        normalise_image(data.image(image_idx), row.as_slice_mut().expect("it is row-major"));
    }
    (images, (0..data.len()).map(|image_idx| data.label(image_idx)).collect())
}

#[test]
fn shown_updates_lead_to_the_trainers_parameters() {
    let layers = vec![
        LayerSpec::Dense { units: 8, bias: true },
        LayerSpec::Sigmoid {},
        LayerSpec::Dense { units: 3, bias: false },
        LayerSpec::Tanh {},
    ];
    for (n_images, batch_size, weight_decay) in [(3, 1, 0.0), (3, 1, 0.01), (6, 2, 0.01)] {
        let data = bands(n_images, 1);
        let (images, labels) = rows(&data);
        let recipe = Recipe {
            layers: layers.clone(),
            start: Start::Pytorch,
            loss: Loss::Mse {},
            optimizer: OptimizerSpec::SGD,
            learning_rate: 0.5,
            weight_decay,
            batch_size,
            epochs: 1,
            shuffle: false,
            ..recipe()
        };
        let plan = Plan::new(recipe.clone(), (&data).into()).expect("the recipe fits");
        let descent = Descent { learning_rate: 0.5, weight_decay: weight_decay as f32, batch_size };
        let Plan { network: plan, seed, .. } = &plan;
        let network = Untrained { plan, start: recipe.start, loss: recipe.loss, seed: *seed };
        let numbers = first_updates(network, images.as_slice().expect("they are row-major"), &labels, descent);
        let mut numbers = numbers.into_iter();
        let mut take = |n: usize| numbers.by_ref().take(n).collect::<Vec<_>>();

        let mut trainer = trainer(recipe, &data);
        let before = trainer.checkpoint().parameters;
        let answers = take(n_images * 3);
        let first = Trace::of(&trainer).answer(images.view()).output(3).iter().copied().collect::<Vec<_>>();
        assert_eq!(answers, first);
        let mut parameters: Vec<_> = before.iter().map(|parameter| take(parameter.len())).collect();
        assert_eq!(parameters, before);
        let report = trainer.step(&data);

        let mut loss_sum = 0.0;
        for _ in 0..N_UPDATES {
            loss_sum += f64::from(take(1)[0]);
            // What each layer put out, and the gradients by that.
            take(2 * batch_size * (8 + 8 + 3 + 3));
            for parameter in &mut parameters {
                // Of the three, the bias alone is not decayed: it has as many numbers as the first layer has units.
                let decay = if parameter.len() == 8 { 0.0 } else { weight_decay as f32 };
                let gradient = take(parameter.len());
                parameter.iter_mut().zip(gradient).for_each(|(p, g)| *p -= 0.5 * (g + decay * *p));
            }
        }
        assert!(take(1).is_empty());
        assert!((loss_sum / 3.0 - report.epoch_end.expect("that was all").training_loss).abs() < 1e-6);
        let after = trainer.checkpoint().parameters;
        let far = parameters.iter().flatten().zip(after.iter().flatten()).filter(|(a, b)| (*a - *b).abs() > 1e-6);
        assert_eq!(far.count(), 0);
    }
}
