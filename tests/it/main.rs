//! The core's integration tests: one crate, a file a room.
