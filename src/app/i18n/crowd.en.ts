/** What a stage with three or more members says, in English; see `en.ts` for how texts are used. */
export const crowdEn = {
  screen: '{name}’s screen',
  pin: 'Pin {name}',
  unpin: 'Unpin {name}',
  pinned: '{name} is pinned',
  unpinned: '{name} is no longer pinned',
  grid: 'Grid view',
  'grid.on': 'Everyone is shown at the same size',
  speaker: 'Speaker view',
  'speaker.on': 'The speaker is shown large',
  pages: 'Pages',
  page: 'Page {page} of {pages}',
  'page.back': 'Previous page',
  'page.on': 'Next page',
  'speaking.one': '{names} is speaking',
  'speaking.other': '{names} are speaking',
} as const;
