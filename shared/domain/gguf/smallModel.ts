/**
 * The largest size of a small model's file, in bytes. A small model is loaded by several processes on a CPU, because it is
 * fastest with one thread, and its keys and values take 32 bits, because 16 bits change its name probabilities by more
 * than 1e-3. A process of a larger model takes too much memory for both, and uses several threads well. The limit is in a
 * gap between common bases: 135 million weights in 16 bits take 0.27 GB, and 1 billion weights in 4 bits take 0.7 GB.
 */
export const smallModelBytes = 512 * 1024 * 1024;
