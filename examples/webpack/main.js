import 'vitrine-classifier/define';

document.querySelector('vitrine-classifier').addEventListener('vitrine-answer', ({ result }) => {
  document.title = result.answers[0]?.label ?? 'Draw something';
});
