import type { shortcutsEn } from './shortcuts.en';
import type { Translation } from './texts';

/** 快捷键说明的简体中文文本. */
export const shortcutsZh: Translation<typeof shortcutsEn> = {
  screen: '共享屏幕或停止共享',
  microphone: '麦克风静音或取消静音',
  camera: '打开或关闭摄像头',
  talk: '静音时按住说话',
  space: '空格',
  chat: '聊天',
  hand: '举手或放下手',
  invite: '邀请',
  people: '成员',
  statistics: '统计',
  fullScreen: '全屏',
  ownPicture: '移动你的画面',
  view: '切换发言者视图和网格视图',
  pin: '固定发言者或取消固定',
  pageBack: '上一页成员',
  pageOn: '下一页成员',
  leave: '离开通话',
  help: '显示此列表',
  escape: '关闭面板',
};
