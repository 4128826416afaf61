"""The claims of the text: each a small function over published numbers that says true or false.

A sentence that asserts something about the data carries the name of its claim:

    [Antallet falt i [tabell-11/siste]{.aar}.]{.pastand navn="husholdninger-falt-siste-ar"}

and the function of that name stands in the chapter's module here. Its docstring says in Norwegian
what is claimed. The build evaluates all of them; a false one marks the draft and stops a release.
"""
