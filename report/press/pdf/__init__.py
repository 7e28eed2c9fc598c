"""Objects and streams of anybody's PDF, read so that nonsense is an answer: `objects`, `streams`, `limits`."""
