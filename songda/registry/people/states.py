"""Roles 角色 (Appendix A of the mission) and what each may do. The matrix is data; `tests` walk every cell."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Roles of posts. The first three are the separated administrators 三员."""

    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")
    LEADER = "leader", _("领导")
    DISPATCHER = "dispatcher", _("统筹调度员")
    POLICY_EDITOR = "policy_editor", _("政策编辑")
    POLICY_PUBLISHER = "policy_publisher", _("政策发布")
    DEPARTMENT_LEAD = "department_lead", _("部门负责人")
    DEPARTMENT_DESK = "department_desk", _("部门经办")
    SERVICE_OFFICER = "service_officer", _("包联干部")
    STREET_CLERK = "street_clerk", _("街道经办")
    TALENT_OFFICER = "talent_officer", _("人才服务专员")
    PARTY_GUIDE = "party_guide", _("非公党建指导员")
    EXPERT = "expert", _("政策专家")
    INSPECTOR = "inspector", _("督查员")
    REGISTRY_CLERK = "registry_clerk", _("注册登记员")
    MARKET_TEAM = "market_team", _("市场专班成员")
    LAW_ENFORCER = "law_enforcer", _("执法人员")
    BANK = "bank", _("银行")
    GUARANTOR = "guarantor", _("担保机构")
    SUPPLIER = "supplier", _("物资供应企业")
    ENTERPRISE_CLERK = "enterprise_clerk", _("企业联系人")
    EMPLOYEE = "employee", _("职工")
    DEPUTY = "deputy", _("人大代表")
    CORRESPONDENT = "correspondent", _("通讯员")
    JOURNALIST = "journalist", _("记者")
    STATISTICIAN = "statistician", _("统计员")
    AUDITOR = "auditor", _("审计人员")


ADMINISTRATORS = (Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value, Role.AUDIT_ADMIN.value)
