"""The audit log (NEN 7513): what is logged, the hash chain, the only writer, the proof."""
