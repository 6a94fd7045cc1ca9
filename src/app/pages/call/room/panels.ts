/** What the panel beside the people can show. */
export type PanelKind =
  'invite' | 'chat' | 'people' | 'files' | 'more' | 'devices' | 'statistics' | 'shortcuts' | 'privacy';
