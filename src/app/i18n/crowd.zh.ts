import type { crowdEn } from './crowd.en';
import type { Translation } from './texts';

/** 三人及以上通话画面的简体中文文本. */
export const crowdZh: Translation<typeof crowdEn> = {
  screen: '{name} 的屏幕',
  pin: '固定 {name}',
  unpin: '取消固定 {name}',
  pinned: '已固定 {name}',
  unpinned: '已取消固定 {name}',
  grid: '网格视图',
  'grid.on': '所有人的画面大小相同',
  speaker: '发言者视图',
  'speaker.on': '放大显示发言者',
  pages: '页',
  page: '第 {page} 页，共 {pages} 页',
  'page.back': '上一页',
  'page.on': '下一页',
  'speaking.one': '{names} 正在发言',
  'speaking.other': '{names} 正在发言',
};
