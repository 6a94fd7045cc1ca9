/**
 * Why a session description can't be used. The browser's rejection gives no reason that a program can read, so the
 * description itself is searched for the cause.
 *
 * - `setup`: the answer to an offer of `a=setup:active` is not `passive` (RFC 8842, section 5.3)
 * - `bundle`: not all sections are in one BUNDLE group (RFC 9143; `bundlePolicy: max-bundle`)
 * - `rtcpMux`: a section with media has no `a=rtcp-mux` (RFC 5761; RFC 8829, section 4.1.1)
 * - `extensions`: an `a=extmap` number means two header extensions within the BUNDLE group (RFC 9143, section 9.4)
 * - `sections`: an offer without both an audio and a video section
 * - `description`: anything else
 */
export type Refusal = (typeof refusals)[number];

export const refusals = ['setup', 'bundle', 'rtcpMux', 'extensions', 'sections', 'description'] as const;

/** The most likely fault in a description that the browser has rejected. */
export function refusalOf(sdp: string): Refusal {
  const [session = '', ...all] = sdp.split(/^(?=m=)/m);
  // A rejected section has port 0; so does a usable bundle-only section (RFC 9143, section 6).
  const sections = all.filter((section) => !/^m=\S+ 0 /.test(section) || /^a=bundle-only/m.test(section));
  const media = sections.filter((section) => /^m=(audio|video) /.test(section));
  if (!isBundled(session, sections)) return 'bundle';
  if (media.some((section) => !/^a=rtcp-mux\s*$/m.test(section))) return 'rtcpMux';
  return haveClash(media) ? 'extensions' : 'description';
}

/** The DTLS role in a description: that of the first section, which with BUNDLE applies to all (RFC 8842, section 5). */
export function setupIn(sdp: string): string | null {
  return /^a=setup:(\S+)/m.exec(sdp)?.[1] ?? null;
}

function isBundled(session: string, sections: readonly string[]): boolean {
  const group = /^a=group:BUNDLE (.*)$/m.exec(session)?.[1]?.trim().split(/\s+/) ?? [];
  return sections.every((section) => group.includes(/^a=mid:(\S+)/m.exec(section)?.[1] ?? ''));
}

function haveClash(sections: readonly string[]): boolean {
  const named = new Map<string, string>();
  for (const section of sections) {
    const within = new Set<string>();
    for (const [, number = '', uri = ''] of section.matchAll(/^a=extmap:(\d+)(?:\/\S+)? (\S+)/gm)) {
      if (within.has(number) || (named.get(number) ?? uri) !== uri) return true;
      within.add(number);
      named.set(number, uri);
    }
  }
  return false;
}
