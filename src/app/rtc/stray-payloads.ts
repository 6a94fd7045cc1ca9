/**
 * Removes attributes of payload types that their media section does not list. Firefox (seen in 153) leaves such feedback
 * lines in offers that it makes after `setCodecPreferences` and an offer from another member. Chromium rejects a
 * description that contains any: "Failed to parse codecs correctly". The lines have no meaning (RFC 8866, section 6.6;
 * RFC 4585, section 4.2).
 */
export function withoutStrayPayloads(sdp: string): string {
  let listed: ReadonlySet<string> | null = null;
  return sdp
    .split(/(?<=\n)/)
    .filter((line) => {
      const media = /^m=\S+ \S+ (\S+) (.*)/.exec(line);
      if (media) listed = media[1]!.includes('RTP') ? new Set(media[2]!.trim().split(' ')) : null;
      const payload = /^a=(?:rtcp-fb|fmtp|rtpmap):(\d+) /.exec(line)?.[1];
      return payload === undefined || listed === null || listed.has(payload);
    })
    .join('');
}
