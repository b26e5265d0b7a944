from songda.office.returns.tests.ground import ground

__all__ = ["ground"]
