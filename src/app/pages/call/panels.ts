/** What the panel beside the people can show. */
export type PanelKind = 'invite' | 'people' | 'more' | 'devices' | 'statistics' | 'shortcuts';
