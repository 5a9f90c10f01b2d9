//! From a handful of files in any order to a training and a test set.
//!
//! What a file holds, images or labels, is decided by its content alone. Which set it belongs to is decided, in
//! this order:
//!
//! 1. By its name, where the name says so: a word that starts with `train`, or with `test` or `t10k`, in any case.
//!    In a path the file's own name comes first, then its folder's. A name that says both says nothing.
//! 2. Images alone of their kind are the training set. Of two, the one whose name says nothing takes the role that
//!    the other leaves; where neither name says anything, the larger set is the training set.
//! 3. Labels go where their number fits the images, and where that does not settle it, as images do.

use std::cmp::Ordering;
use std::fmt::{self, Display};

use super::dataset::{Dataset, Datasets};
use super::error::DataError;
use super::idx::{self, Idx, Images, Kind};

/// Training images and labels, test images and labels.
const MAX_FILES: usize = 4;

/// A file's name, for messages and for telling training from test, and its raw (already gunzipped) bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Which of the two sets a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Training,
    Test,
}

impl Role {
    pub fn other(self) -> Self {
        match self {
            Role::Training => Role::Test,
            Role::Test => Role::Training,
        }
    }
}

impl Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Role::Training => "training",
            Role::Test => "test",
        })
    }
}

/// Reads a training set and, if its files are there, a test set from IDX files in any order.
///
/// The number of classes is one more than the largest training label. The files' own bytes become the sets: no
/// copy of the pixels is made.
///
/// # Errors
/// Every [`DataError`] but [`DataError::Dataset`]; the module says how files find their places.
pub fn read_files(files: Vec<NamedFile>) -> Result<Datasets, DataError> {
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    match names.len() {
        0 => return Err(DataError::NoFiles),
        1..=MAX_FILES => {}
        _ => return Err(DataError::TooManyFiles { names }),
    }

    let (mut images, mut labels) = (Vec::new(), Vec::new());
    for NamedFile { name, bytes } in files {
        match idx::parse(&name, bytes)? {
            Idx::Images(content) => images.push(Named { name, n_items: content.n_images, content }),
            Idx::Labels(content) => labels.push(Named { name, n_items: content.len(), content }),
        }
    }
    let images = assign(Kind::Images, images, |_, _| false)?;
    let labels = assign(Kind::Labels, labels, |n_labels, role| {
        let images = match role {
            Role::Training => &images.training,
            Role::Test => &images.test,
        };
        images.as_ref().is_some_and(|images| images.n_items == n_labels)
    })?;

    let training = pair(Role::Training, images.training, labels.training)?;
    let test = pair(Role::Test, images.test, labels.test)?;
    let training = training.ok_or(DataError::NoTraining { names })?;
    let n_classes = training.n_classes()?;
    if let Some(test) = &test {
        test.check_against(&training, n_classes)?;
    }
    Ok(Datasets {
        training: training.into_dataset(n_classes)?,
        test: test.map(|test| test.into_dataset(n_classes)).transpose()?,
    })
}

/// What a file held, under its name.
struct Named<T> {
    name: String,
    n_items: usize,
    content: T,
}

/// The files of one kind in their places.
struct Assigned<T> {
    training: Option<Named<T>>,
    test: Option<Named<T>>,
}

/// Puts the files of one kind in their places; `fits` says whether a file of so many items goes with what has
/// that role already.
fn assign<T>(kind: Kind, files: Vec<Named<T>>, fits: impl Fn(usize, Role) -> bool) -> Result<Assigned<T>, DataError> {
    if files.len() > 2 {
        let names = files.into_iter().map(|file| file.name).collect();
        return Err(DataError::TooManyOfKind { kind, names });
    }
    let mut files = files.into_iter();
    let (first, second) = (files.next(), files.next());
    let first_is = match (&first, &second) {
        (None, _) => Role::Training,
        (Some(only), None) => role_in(&only.name).unwrap_or_else(|| {
            let fits_test_alone = fits(only.n_items, Role::Test) && !fits(only.n_items, Role::Training);
            if fits_test_alone { Role::Test } else { Role::Training }
        }),
        (Some(first), Some(second)) => role_of_first(kind, first, second, fits)?,
    };
    Ok(match first_is {
        Role::Training => Assigned { training: first, test: second },
        Role::Test => Assigned { training: second, test: first },
    })
}

/// The role of the first of two files; the second has the other one.
fn role_of_first<T>(
    kind: Kind,
    first: &Named<T>,
    second: &Named<T>,
    fits: impl Fn(usize, Role) -> bool,
) -> Result<Role, DataError> {
    let names = || (first.name.clone(), second.name.clone());
    match (role_in(&first.name), role_in(&second.name)) {
        (Some(role), Some(other)) if role == other => {
            let (first, second) = names();
            return Err(DataError::Duplicate { role, kind, first, second });
        }
        (Some(role), _) => return Ok(role),
        (None, Some(role)) => return Ok(role.other()),
        (None, None) => {}
    }
    let n_fitting = |training: &Named<T>, test: &Named<T>| {
        u8::from(fits(training.n_items, Role::Training)) + u8::from(fits(test.n_items, Role::Test))
    };
    let first_is_training =
        n_fitting(first, second).cmp(&n_fitting(second, first)).then(first.n_items.cmp(&second.n_items));
    match first_is_training {
        Ordering::Greater => Ok(Role::Training),
        Ordering::Less => Ok(Role::Test),
        Ordering::Equal => {
            let n_items = first.n_items;
            let (first, second) = names();
            Err(DataError::Ambiguous { kind, first, second, n_items })
        }
    }
}

/// The role that a name tells, if it tells just one.
fn role_in(name: &str) -> Option<Role> {
    name.rsplit(['/', '\\']).find_map(|component| {
        let component = component.to_ascii_lowercase();
        let words = || component.split(|c: char| !c.is_alphanumeric());
        let training = words().any(|word| word.starts_with("train"));
        let test = words().any(|word| word.starts_with("test") || word.starts_with("t10k"));
        match (training, test) {
            (true, false) => Some(Role::Training),
            (false, true) => Some(Role::Test),
            _ => None,
        }
    })
}

/// Images and their labels, of the same number.
struct Pair {
    images: Named<Images>,
    labels: Named<Vec<u8>>,
}

/// Both files of a role, or neither.
fn pair(role: Role, images: Option<Named<Images>>, labels: Option<Named<Vec<u8>>>) -> Result<Option<Pair>, DataError> {
    match (images, labels) {
        (None, None) => Ok(None),
        (Some(images), None) => Err(DataError::NoLabels { role, images: images.name, n_images: images.n_items }),
        (None, Some(labels)) => Err(DataError::NoImages { role, labels: labels.name, n_labels: labels.n_items }),
        (Some(images), Some(labels)) if images.n_items != labels.n_items => Err(DataError::CountsDisagree {
            images: images.name,
            labels: labels.name,
            n_images: images.n_items,
            n_labels: labels.n_items,
        }),
        (Some(images), Some(labels)) => Ok(Some(Pair { images, labels })),
    }
}

impl Pair {
    /// 1 + the largest label.
    fn n_classes(&self) -> Result<usize, DataError> {
        match self.labels.content.iter().max() {
            None | Some(0) => Err(DataError::TooFewClasses { labels: self.labels.name.clone() }),
            Some(&largest) => Ok(usize::from(largest) + 1),
        }
    }

    /// Whether a network trained on `training` can be asked about these images.
    fn check_against(&self, training: &Pair, n_classes: usize) -> Result<(), DataError> {
        let size = |pair: &Pair| (pair.images.content.rows, pair.images.content.cols);
        if size(self) != size(training) {
            return Err(DataError::SizesDisagree {
                images: self.images.name.clone(),
                expected: size(training),
                found: size(self),
            });
        }
        let labels = &self.labels;
        match labels.content.iter().position(|&label| usize::from(label) >= n_classes) {
            None => Ok(()),
            Some(label_idx) => Err(DataError::LabelBeyondClasses {
                labels: labels.name.clone(),
                n_classes,
                found: labels.content[label_idx],
                label_idx,
            }),
        }
    }

    fn into_dataset(self, n_classes: usize) -> Result<Dataset, DataError> {
        let Images { rows, cols, pixels, .. } = self.images.content;
        Dataset::new(pixels, self.labels.content, rows, cols, n_classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_one_role_or_none() {
        for name in ["train-images-idx3-ubyte", "Training.idx", "emnist_letters_TRAIN_images", "a/train/test/trainset"]
        {
            assert_eq!(role_in(name), Some(Role::Training), "{name}");
        }
        for name in ["t10k-labels-idx1-ubyte", "Testing.idx", "my T10K", "train/test-images", "test/images/x"] {
            assert_eq!(role_in(name), Some(Role::Test), "{name}");
        }
        for name in ["", "images", "latest", "strain", "train-test-split", "/"] {
            assert_eq!(role_in(name), None, "{name}");
        }
    }
}
