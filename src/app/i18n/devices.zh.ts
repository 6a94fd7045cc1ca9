import type { devicesEn } from './devices.en';
import type { Translation } from './texts';

/** 画面与声音调节的简体中文文本. */
export const devicesZh: Translation<typeof devicesEn> = {
  'tuning.picture': '视频清晰度',
  'picture.high': '高清（1280 × 720）',
  'picture.medium': '标清（640 × 360）',
  'picture.low': '流畅（320 × 180）',
  backgroundBlur: '背景虚化',
  'blur.off': '由 Parley 在本设备上虚化背景，并在此显示处理器占用。',
  'blur.starting': '正在启动… 背景虚化之前，摄像头画面暂停发送。',
  'blur.measuring': '正在测量处理器占用…',
  'blur.on': '约占用一个处理器核心的 {percent}%。',
  'blur.slow':
    '背景虚化约需占用一个处理器核心的 {percent}%，超过了 Parley 允许的 50%。摄像头已关闭，关闭虚化后别人才能看到你。',
  'blur.leftOut': '背景虚化已关闭：在本设备上约需占用一个处理器核心的 {percent}%，超过了 Parley 允许的 50%。',
  'blur.unsupported': '此浏览器无法虚化背景，请使用新版 Chrome 或 Edge。',
  'blur.failed': '背景虚化未能生效，摄像头已关闭。请关闭虚化，或重试摄像头。',
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
