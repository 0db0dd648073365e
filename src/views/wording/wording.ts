import type { en } from './en.ts'

/**
 * Everything the bot says, in one language: whole sentences, so that each language has its own order
 * of words. English is the source; another language that lacks a sentence does not compile.
 */
export type Wording = typeof en
