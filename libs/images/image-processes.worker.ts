import { answerQuestions } from '../answering-thread/index.ts';
import { inProcess } from './image-process.ts';

/** The thread that begins a process stands still until the system has found time for the process. */
answerQuestions(inProcess);
