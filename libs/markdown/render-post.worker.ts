import { answerQuestions } from '../answering-thread/index.ts';
import { renderPost } from './markdown.ts';

answerQuestions(renderPost);
