import type { knockEn } from './knock.en';
import type { Translation } from './texts';

/** 请求加入通话的简体中文文本. */
export const knockZh: Translation<typeof knockEn> = {
  heading: '正在等待放行',
  sent: '通话中的成员能看到你想以“{name}”的名字加入。',
  next: '有人放行后，你会立即加入，摄像头和麦克风保持此处的状态。',
  long: '还没有人回应，他们可能没有注意到。如有可能，请通过其他方式告知对方。',
  cancel: '取消',
  guest: '访客',

  asks: '{name}想加入',
  'asks.more.one': '{name}和另外 {count} 人想加入',
  'asks.more.other': '{name}和另外 {count} 人想加入',
  list: '等待加入',
  admit: '放行',
  'admit.name': '放行{name}',
  refuse: '拒绝',
  'refuse.name': '拒绝{name}',
  all: '全部放行',
  show: '查看全部',
  full: '通话已满员。有人离开后才能放行。',
  admitted: '已放行{name}',
  refused: '已拒绝{name}',
  undo: '仍然放行',
  canJoin: '{name}现在可以加入了',
  decided: '已有其他人答复了{name}',
  notice: '打开 Parley 以放行。',
};
