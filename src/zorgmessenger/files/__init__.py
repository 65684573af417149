"""Files: where their sealed bytes are kept, and who looks whether they are safe."""
