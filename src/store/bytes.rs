//! Little-endian numbers, written one after another and read again without trust in what was written.

use crate::error::FieldError;

/// The bytes so far.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub fn u32(&mut self, value: u32) {
        self.bytes(&value.to_le_bytes());
    }

    pub fn count(&mut self, n: usize) {
        self.u32(n.try_into().expect("nothing that is written has 2³² parts"));
    }

    pub fn u64(&mut self, value: u64) {
        self.bytes(&value.to_le_bytes());
    }

    pub fn f64(&mut self, value: f64) {
        self.bytes(&value.to_le_bytes());
    }

    /// Numbers of four bytes each, which `to_bytes` makes.
    fn words<T: Copy>(&mut self, values: &[T], to_bytes: impl Fn(T) -> [u8; 4]) {
        let start = self.0.len();
        self.0.resize(start + 4 * values.len(), 0);
        for (to, &value) in self.0[start..].as_chunks_mut().0.iter_mut().zip(values) {
            *to = to_bytes(value);
        }
    }

    /// How many there are, then the numbers.
    pub fn u32s(&mut self, values: &[u32]) {
        self.count(values.len());
        self.words(values, u32::to_le_bytes);
    }

    /// How many arrays there are, then for each how many numbers it has, and these.
    pub fn arrays(&mut self, arrays: &[Vec<f32>]) {
        self.count(arrays.len());
        for array in arrays {
            self.count(array.len());
            self.words(array, f32::to_le_bytes);
        }
    }
}

/// The bytes yet to be read. Nothing is allocated for more than there are.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// The next `n` bytes; an error calls them `field`, here and below.
    pub fn bytes(&mut self, field: &str, n: usize) -> Result<&'a [u8], FieldError> {
        let (bytes, rest) = self.0.split_at_checked(n).ok_or_else(|| too_few(field, n, 1, self.0))?;
        self.0 = rest;
        Ok(bytes)
    }

    pub fn array<const N: usize>(&mut self, field: &str) -> Result<[u8; N], FieldError> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or_else(|| too_few(field, N, 1, self.0))?;
        self.0 = rest;
        Ok(*bytes)
    }

    pub fn u32(&mut self, field: &str) -> Result<u32, FieldError> {
        self.array(field).map(u32::from_le_bytes)
    }

    pub fn count(&mut self, field: &str) -> Result<usize, FieldError> {
        self.u32(field).map(|n| n as usize)
    }

    pub fn u64(&mut self, field: &str) -> Result<u64, FieldError> {
        self.array(field).map(u64::from_le_bytes)
    }

    pub fn f64(&mut self, field: &str) -> Result<f64, FieldError> {
        self.array(field).map(f64::from_le_bytes)
    }

    fn words<T>(&mut self, field: &str, from_bytes: impl Fn([u8; 4]) -> T) -> Result<Vec<T>, FieldError> {
        let n = self.count(field)?;
        let words = self.0.as_chunks().0.get(..n).ok_or_else(|| too_few(field, n, 4, self.0))?;
        self.0 = &self.0[4 * n..];
        Ok(words.iter().map(|&word| from_bytes(word)).collect())
    }

    pub fn u32s(&mut self, field: &str) -> Result<Vec<u32>, FieldError> {
        self.words(field, u32::from_le_bytes)
    }

    pub fn arrays(&mut self, field: &str) -> Result<Vec<Vec<f32>>, FieldError> {
        let n = self.count(field)?;
        (0..n).map(|_| self.words(field, f32::from_le_bytes)).collect()
    }
}

fn too_few(field: &str, n: usize, size: u64, found: &[u8]) -> FieldError {
    FieldError::new(field, format!("expected {} bytes, found {} left", n as u64 * size, found.len()))
}
