"""What is asked: cases, and the library that they are asked of.

own      JSON Lines of one's own, and those over ``corpus/``
squad    SQuAD 1.1 and 2.0: passages become the library, questions the cases
beir     a corpus with queries and judged documents: retrieval alone
nli      premises and hypotheses with labels: for the checker alone
"""
