mod trace;
mod updates;
