"""What is done to the tree that a template wrote: contents and captions, short sections, editions, sizes of pictures."""
