// Timers of a hidden page fire once a second; a worker's timers fire as requested.
addEventListener('message', ({ data }: MessageEvent<number>) => setInterval(() => postMessage(null), data));
