/**
 * Runs in the page before its own scripts: provides a screen, as the browser's own dialog would, in which no test can
 * press a button. The screen shows changing numbers on white.
 */
export const aScreen = (): void => {
  if (!('mediaDevices' in navigator)) return;
  navigator.mediaDevices.getDisplayMedia = () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const paper = canvas.getContext('2d')!;
    let frame = 0;
    setInterval(() => {
      paper.fillStyle = 'white';
      paper.fillRect(0, 0, 640, 360);
      paper.fillStyle = 'black';
      paper.font = '80px sans-serif';
      paper.fillText(String(frame++), 40, 200);
    }, 100);
    return Promise.resolve(canvas.captureStream(10));
  };
};
