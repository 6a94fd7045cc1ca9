import { expect, test } from '../support/test';

/** Runs in the page: makes the browser know only one video codec. */
const onlyVideoCodec = (mimeType: string) => ({
  script: (wanted: string) => {
    for (const side of [RTCRtpReceiver, RTCRtpSender]) {
      const capabilities = side.getCapabilities.bind(side);
      side.getCapabilities = (kind) => {
        const all = capabilities(kind);
        if (kind !== 'video' || all === null) return all;
        return { ...all, codecs: all.codecs.filter((codec) => codec.mimeType === wanted) };
      };
    }
  },
  argument: mimeType,
});

test.describe('without a common video codec', () => {
  test('both see a message with both lists, and still hear each other', async ({ person }) => {
    const [ada, ben] = await Promise.all([
      person('Ada', { before: onlyVideoCodec('video/VP8') }),
      person('Ben', { before: onlyVideoCodec('video/VP9') }),
    ]);
    await ada.startCall();
    await ben.join(ada.link);
    for (const [one, other, ours, theirs] of [
      [ada, ben, 'VP8', 'VP9'],
      [ben, ada, 'VP9', 'VP8'],
    ] as const) {
      const tile = one.tile(other);
      await expect(tile).toContainText('No video format in common');
      await expect(tile).toContainText(`Yours: ${ours}`);
      await expect(tile).toContainText(`Theirs: ${theirs}`);
      await one.seesNoPictureOf(other);
      await one.hears(other);
    }
  });

  test('with one common codec there is a picture, although the other codecs differ', async ({ person }) => {
    const [ada, ben] = await Promise.all([
      person('Ada', { before: onlyVideoCodec('video/VP8') }),
      person('Ben'),
    ]);
    await ada.startCall();
    await ben.join(ada.link);
    await Promise.all([ada.sees(ben), ben.sees(ada)]);
    await expect(ada.tile(ben)).not.toContainText('No video format in common');
  });
});
