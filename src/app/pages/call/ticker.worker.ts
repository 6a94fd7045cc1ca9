/// A page's timers come once a second while nobody looks at it; a worker's come as asked.
addEventListener('message', ({ data }: MessageEvent<number>) => setInterval(() => postMessage(null), data));
