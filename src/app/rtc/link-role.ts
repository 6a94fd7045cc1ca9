/**
 * A member's role on a link: the offerer made the first offer, the answerer answered it. Both keep their role for as long as
 * the link lasts. The answerer is the polite peer of perfect negotiation (WebRTC, section 10.7).
 */
export type LinkRole = 'offerer' | 'answerer';
