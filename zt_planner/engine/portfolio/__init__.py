"""The plans of several clients of one provider: drawn together, and levelled to the provider's days a week (M41, M42).

joint draws one sum of all; levelling starts clients later. Both take the plans as they are; neither knows files.
"""
