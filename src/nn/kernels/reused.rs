//! Memory that outlives what stands in it.

/// Memory that is used for one batch after another, so that it need not be allocated again, and whether anything of the
/// batch under way stands in it.
pub enum Reused<M> {
    /// Nothing of this batch.
    Spare(M),
    Filled(M),
}

impl<M: Default> Default for Reused<M> {
    fn default() -> Self {
        Reused::Spare(M::default())
    }
}

impl<M: Default> Reused<M> {
    /// The memory, to be filled with something of this batch.
    pub fn fill(&mut self) -> &mut M {
        if let Reused::Spare(memory) = self {
            *self = Reused::Filled(std::mem::take(memory));
        }
        match self {
            Reused::Spare(memory) | Reused::Filled(memory) => memory,
        }
    }

    /// Says that nothing of this batch stands here.
    pub fn put_aside(&mut self) {
        if let Reused::Filled(memory) = self {
            *self = Reused::Spare(std::mem::take(memory));
        }
    }

    /// What stands here of this batch.
    pub fn filled(&mut self) -> Option<&mut M> {
        match self {
            Reused::Spare(_) => None,
            Reused::Filled(memory) => Some(memory),
        }
    }
}
