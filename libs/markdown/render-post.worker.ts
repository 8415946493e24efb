import { answerQuestions } from '../answering-thread/index.ts';
import { renderText } from './post-text.ts';

answerQuestions(renderText);
