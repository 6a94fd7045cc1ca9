import type { devicesEn } from './devices.en';
import type { Translation } from './texts';

/** 画面与声音调节的简体中文文本. */
export const devicesZh: Translation<typeof devicesEn> = {
  'tuning.picture': '视频清晰度',
  'picture.high': '高清（1280 × 720）',
  'picture.medium': '标清（640 × 360）',
  'picture.low': '流畅（320 × 180）',
  backgroundBlur: '背景虚化',
  noiseSuppression: '降噪',
  voiceIsolation: '突出人声',
  'refused.picture': '摄像头不支持此尺寸，未作更改。',
  'refused.backgroundBlur': '摄像头未能更改背景，未作更改。',
  'refused.noiseSuppression': '麦克风不支持此设置，未作更改。',
  'refused.voiceIsolation': '麦克风不支持此设置，未作更改。',
  'hint.new': '已接入{name}。',
  'hint.use': '使用',
  'hint.later': '暂不',
  'hint.silent':
    '你的麦克风没有收到声音。如果你正在说话，请检查麦克风或耳机上的静音开关，或在“更多”>“设备”中选择其他麦克风。',
  'hint.dismiss': '知道了',
};
