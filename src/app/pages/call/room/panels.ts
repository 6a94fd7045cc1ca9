/** What the panel beside the people can show. */
export type PanelKind =
  | 'invite'
  | 'add'
  | 'leave'
  | 'chat'
  | 'people'
  | 'files'
  | 'more'
  | 'devices'
  | 'statistics'
  | 'shortcuts'
  | 'privacy';
