//! From file bytes and pen strokes to pixels between 0 and 1.
