import type { addingEn } from './adding.en';
import type { Translation } from './texts';

/** 呼叫他人加入通话的简体中文文本. */
export const addingZh: Translation<typeof addingEn> = {
  'text.one': '呼叫你圈子里的人。你会留在此通话中。',
  'text.other': '呼叫你各个圈子里的人。你会留在此通话中。',
  looking: '正在查找…',
  nobody: '你的圈子里没有人在线。可以改为发送链接。',
  none: '此设备上没有圈子。圈子里的人可以从这里呼叫，其他人可通过链接加入。',
  link: '通过链接邀请',
  more: '仅列出你最近打开的 {count} 个圈子里的人。',
  list: '可添加的人',
  add: '添加',
  'add.name': '添加{name}',
  again: '再次呼叫',
  'again.name': '再次呼叫{name}',
  cancel: '取消',
  'cancel.name': '停止呼叫{name}',
  favourite: '收藏',
  'state.offline': '不在线',
  'state.ringing': '正在呼叫…',
  'state.accepted': '已接听，正在加入…',
  full: '通话已满员。请增加人数上限，或等有人离开。',
  closed: '通话已锁定，新成员无法加入。',
  unadmitted: '未能提前放行{name}，因此没有呼叫。请重试。',
};
