//! The module's memory, laid so that SIMD reads it fast.

use std::alloc::{GlobalAlloc, Layout, System};

/// Rust's own allocator, but what is large enough to be computed with in loops begins with a cache line. The allocator
/// itself promises a multiple of 8 bytes in WebAssembly: then it is left to chance, and to every change of the code,
/// whether each fourth vector of 16 bytes lies across two lines, and the loops take longer.
struct ByCacheLine;

/// Bytes of a cache line.
const LINE: usize = 64;
/// What takes fewer bytes is left as it is.
const SMALLEST: usize = 4 * LINE;

fn aligned(layout: Layout) -> Layout {
    if layout.size() < SMALLEST {
        return layout;
    }
    // Refused only for sizes that no memory has; then the allocator refuses too.
    layout.align_to(LINE).unwrap_or(layout)
}

// SAFETY: the system's allocator keeps the contract for a layout of wider alignment, which serves the one that was
// asked for; and memory is given back with the layout that it was taken with, as `aligned` depends on nothing but the
// layout.
unsafe impl GlobalAlloc for ByCacheLine {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(aligned(layout)) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(aligned(layout)) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, aligned(layout)) }
    }
}

#[global_allocator]
static ALLOCATOR: ByCacheLine = ByCacheLine;
