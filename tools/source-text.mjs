/** Replaces everything but line ends by spaces, so that places stay. @param {string} text */
export const blank = (text) => text.replace(/[^\n]/g, ' ');

/** The number of a place's line, from 1. @param {string} source @param {number} index */
export const lineAt = (source, index) => source.slice(0, index).split('\n').length;
